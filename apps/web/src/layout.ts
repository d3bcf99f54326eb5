import type { TimelineGap, TimelineItem, TimelineLane, TimelineView } from '#contracts';
import { wallOf } from './moment.js';

/** Something to draw: where it begins and ends on the axis, in which row of its lane, and which item or gap it stands for. */
export interface Drawn {
  readonly id: string;
  readonly item?: TimelineItem;
  readonly gap?: TimelineGap;
  /** The marks behind one, where they stand closer than a finger is wide. */
  readonly cluster?: readonly TimelineItem[];
  readonly shape: 'bar' | 'mark';
  readonly x1: number;
  readonly x2: number;
  readonly row: number;
  /** Empty px to the right of it in its row: where its words may stand. */
  readonly room: number;
}
type Placed = Omit<Drawn, 'row' | 'room'>;
export interface DrawnLane {
  readonly lane: TimelineLane;
  readonly drawn: readonly Drawn[];
  readonly rows: number;
}
export interface Axis {
  readonly from: number;
  readonly until: number;
  readonly x: (wall: number) => number;
  readonly now: number;
}

/** Nothing that can be clicked is smaller or closer than this, in px (WCAG 2.2, 2.5.8). */
export const HIT = 24;

const spanOf = (item: TimelineItem, { now, from }: Axis) => {
  const start = item.from ? wallOf(item.from).from : from;
  if (item.shape === 'mark') return { start, end: start };
  const end = item.to ? wallOf(item.to).until : Math.max(now, start);
  return { start, end: Math.max(end, start) };
};

const visible = ({ start, end }: { start: number; end: number }, axis: Axis) => end >= axis.from && start <= axis.until;

const draw = (item: TimelineItem, axis: Axis): Placed | undefined => {
  // A mark without a moment has no place on an axis; the table has it.
  if (item.shape === 'mark' && !item.from) return undefined;
  const span = spanOf(item, axis);
  if (!visible(span, axis)) return undefined;
  const x1 = axis.x(Math.max(span.start, axis.from));
  const x2 = axis.x(Math.min(span.end, axis.until));
  return { id: item.id, item, shape: item.shape, x1, x2: item.shape === 'bar' ? Math.max(x2, x1 + 3) : x1 };
};

/** A gap that no contact ended is drawn to the next one: from there on that one speaks for it. What does not apply has no length. */
const gapEnd = (gap: TimelineGap, gaps: readonly TimelineGap[], axis: Axis) => {
  const start = wallOf(gap.from).from;
  if (gap.to) return wallOf(gap.to).until;
  if (gap.state === 'not-applicable') return start;
  const next = gaps.map(({ from }) => wallOf(from).from).filter((from) => from > start);
  return Math.max(start, Math.min(axis.now, axis.until, ...next));
};

const drawGap = (gap: TimelineGap, gaps: readonly TimelineGap[], axis: Axis): Placed | undefined => {
  const start = wallOf(gap.from).from;
  const end = gapEnd(gap, gaps, axis);
  if (!visible({ start, end }, axis)) return undefined;
  const x1 = axis.x(Math.max(start, axis.from));
  return { id: gap.id, gap, shape: 'bar', x1, x2: Math.max(axis.x(Math.min(end, axis.until)), x1 + 6) };
};

const belongs = (mark: Placed, first: Placed) => mark.x1 - first.x1 < HIT && mark.item?.look === first.item?.look;

/** Marks of one look that would overlap are drawn as one, with their count. */
const clustered = (marks: readonly Placed[]): Placed[] => {
  const groups: Placed[][] = [];
  for (const mark of [...marks].sort((a, b) => a.x1 - b.x1)) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group && first && belongs(mark, first)) group.push(mark);
    else groups.push([mark]);
  }
  return groups.map((group) => {
    const [first, last] = [group[0] as Placed, group.at(-1) as Placed];
    if (group.length === 1) return first;
    const middle = (first.x1 + last.x1) / 2;
    return {
      ...first,
      id: `cluster:${first.id}`,
      cluster: group.map(({ item }) => item as TimelineItem),
      x1: middle,
      x2: middle,
    };
  });
};

/** Puts each thing into the first row where it has room. */
const stacked = (things: readonly Placed[], firstRow: number): Omit<Drawn, 'room'>[] => {
  const ends: number[] = [];
  return [...things]
    .sort((a, b) => a.x1 - b.x1)
    .map((thing) => {
      const half = thing.shape === 'mark' ? HIT / 2 : 0;
      const free = ends.findIndex((end) => end <= thing.x1 - half);
      const row = free === -1 ? ends.length : free;
      ends[row] = Math.max(thing.shape === 'mark' ? thing.x2 + half : thing.x2 + 2, thing.x1 - half + HIT);
      return { ...thing, row: firstRow + row };
    });
};

const rowsOf = (things: readonly { readonly row: number }[], none: number) => Math.max(none, ...things.map(({ row }) => row + 1));

const withRoom = (things: readonly Omit<Drawn, 'room'>[], edge: number): Drawn[] =>
  things.map((thing) => {
    const next = things
      .filter(({ row, x1 }) => row === thing.row && x1 > thing.x1)
      .map(({ x1, shape }) => (shape === 'mark' ? x1 - 10 : x1));
    return { ...thing, room: Math.min(edge, ...next) - thing.x2 };
  });

/** Marks stand above bars, so that neither hides the other. */
export const layoutLane = (lane: TimelineLane, gaps: readonly TimelineGap[], axis: Axis): DrawnLane => {
  const things = lane.items.map((item) => draw(item, axis)).filter((thing) => thing !== undefined);
  const marks = stacked(clustered(things.filter(({ shape }) => shape === 'mark')), 0);
  const bars = things.filter(({ shape }) => shape === 'bar');
  const drawnGaps = gaps.map((gap) => drawGap(gap, gaps, axis)).filter((thing) => thing !== undefined);
  const below = stacked([...bars, ...drawnGaps], rowsOf(marks, 0));
  const drawn = withRoom([...marks, ...below], axis.x(axis.until)).sort((a, b) => a.x1 - b.x1);
  return { lane, drawn, rows: rowsOf(drawn, 1) };
};

/** From the first thing known to a little after now (or after the last thing planned). */
export const wholeRange = (view: TimelineView, now: number): readonly [number, number] => {
  const moments = view.lanes
    .flatMap(({ items }) => items.flatMap(({ from, to }) => [from, to]))
    .filter((moment) => moment !== null);
  const walls = moments.filter(({ implausible }) => !implausible).map(wallOf);
  const first = Math.min(now - 90 * 86_400_000, ...walls.map(({ from }) => from));
  const last = Math.max(now, ...walls.map(({ until }) => until));
  const margin = (last - first) * 0.02;
  return [first - margin, last + margin];
};

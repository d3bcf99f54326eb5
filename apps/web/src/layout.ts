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
}
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

const draw = (item: TimelineItem, axis: Axis): Omit<Drawn, 'row'> | undefined => {
  const span = spanOf(item, axis);
  if (!visible(span, axis)) return undefined;
  const x1 = axis.x(Math.max(span.start, axis.from));
  const x2 = axis.x(Math.min(span.end, axis.until));
  return { id: item.id, item, shape: item.shape, x1, x2: item.shape === 'bar' ? Math.max(x2, x1 + 3) : x1 };
};

const drawGap = (gap: TimelineGap, axis: Axis): Omit<Drawn, 'row'> | undefined => {
  const start = wallOf(gap.from).from;
  // What does not apply has no length: it is a note at the day on which it would have begun.
  const open = gap.state === 'not-applicable' ? start : Math.max(start, Math.min(axis.now, axis.until));
  const end = gap.to ? wallOf(gap.to).until : open;
  if (!visible({ start, end }, axis)) return undefined;
  const x1 = axis.x(Math.max(start, axis.from));
  return { id: gap.id, gap, shape: 'bar', x1, x2: Math.max(axis.x(Math.min(end, axis.until)), x1 + 6) };
};

/** Marks of one look that would overlap are drawn as one, with their count. */
const clustered = (marks: readonly Omit<Drawn, 'row'>[]): Omit<Drawn, 'row'>[] => {
  const groups: Omit<Drawn, 'row'>[][] = [];
  for (const mark of [...marks].sort((a, b) => a.x1 - b.x1)) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group && first && mark.x1 - first.x1 < HIT && first.item?.look === mark.item?.look) group.push(mark);
    else groups.push([mark]);
  }
  return groups.map((group) => {
    const [first, last] = [group[0] as Omit<Drawn, 'row'>, group.at(-1) as Omit<Drawn, 'row'>];
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

/** Puts each drawn thing into the first row where it has room. */
const stacked = (things: readonly Omit<Drawn, 'row'>[]): { drawn: Drawn[]; rows: number } => {
  const ends: number[] = [];
  const drawn = [...things]
    .sort((a, b) => a.x1 - b.x1)
    .map((thing) => {
      const half = thing.shape === 'mark' ? HIT / 2 : 0;
      const free = ends.findIndex((end) => end <= thing.x1 - half);
      const row = free === -1 ? ends.length : free;
      ends[row] = Math.max(thing.shape === 'mark' ? thing.x2 + half : thing.x2 + 2, thing.x1 - half + HIT);
      return { ...thing, row };
    });
  return { drawn, rows: Math.max(1, ends.length) };
};

export const layoutLane = (lane: TimelineLane, gaps: readonly TimelineGap[], axis: Axis): DrawnLane => {
  const things = lane.items.map((item) => draw(item, axis)).filter((thing) => thing !== undefined);
  const bars = things.filter(({ shape }) => shape === 'bar');
  const drawnGaps = gaps.map((gap) => drawGap(gap, axis)).filter((thing) => thing !== undefined);
  const marks = clustered(things.filter(({ shape }) => shape === 'mark'));
  return { lane, ...stacked([...bars, ...drawnGaps, ...marks]) };
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

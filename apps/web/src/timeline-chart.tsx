import { useElementSize } from '@mantine/hooks';
import { scaleUtc } from 'd3-scale';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { TimelineView } from '#contracts';
import { GlyphDefinitions, Thing } from './glyphs.js';
import { layoutLane, type Axis, type Drawn, type DrawnLane } from './layout.js';
import { dayInWords, wallOf } from './moment.js';
import type { Asked } from './why-drawer.js';

interface Props {
  readonly view: TimelineView;
  readonly range: readonly [number, number];
  readonly now: number;
  readonly zone: string;
  readonly ask: (what: Asked) => void;
  readonly zoom: (range: readonly [number, number]) => void;
}

const GUTTER = 196;
const AXIS = 34;
const ROW = 30;
const PAD = 7;

const laneHeight = ({ rows, drawn }: DrawnLane) => (drawn.length === 0 ? 34 : rows * ROW + 2 * PAD);

const target = ({ item, gap }: Drawn): Asked => ({ id: item?.id ?? gap?.id ?? '', title: item?.title ?? gap?.title ?? '' });

/** Where an arrow key leads: along the lane, or to the nearest thing in the next lane that has any. */
const neighbour = (lanes: readonly DrawnLane[], at: { lane: number; index: number }, key: string) => {
  const drawn = lanes[at.lane]?.drawn ?? [];
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (step) return { lane: at.lane, index: Math.min(Math.max(at.index + step, 0), drawn.length - 1) };
  if (key === 'Home') return { lane: at.lane, index: 0 };
  if (key === 'End') return { lane: at.lane, index: drawn.length - 1 };
  const down = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (!down) return undefined;
  for (let lane = at.lane + down; lanes[lane]; lane += down) {
    const things = lanes[lane]?.drawn ?? [];
    if (things.length === 0) continue;
    const x = drawn[at.index]?.x1 ?? 0;
    const distances = things.map(({ x1 }) => Math.abs(x1 - x));
    return { lane, index: distances.indexOf(Math.min(...distances)) };
  }
  return at;
};

const EMPTY = { 'no data': 'nothing recorded', 'no source connected': 'no source connected' } as const;

/** The consumer's path as lanes of bars and marks. One tab stop: arrows move along and between lanes, Enter asks why. */
export const TimelineChart = ({ view, range, now, zone, ask, zoom }: Props) => {
  const { ref, width } = useElementSize();
  const things = useRef(new Map<string, SVGGElement>());
  const [at, setAt] = useState({ lane: 0, index: 0 });
  const inner = Math.max(width - GUTTER, 200);
  const { lanes, scale } = useMemo(() => {
    const x = scaleUtc().domain([range[0], range[1]]).range([0, inner]);
    const axis: Axis = { from: range[0], until: range[1], x: (wall) => x(wall), now };
    return { lanes: view.lanes.map((lane) => layoutLane(lane, lane.id === 'clocks' ? view.gaps : [], axis)), scale: x };
  }, [view, range[0], range[1], inner, now]);

  const first = lanes.findIndex(({ drawn }) => drawn.length > 0);
  const focus = lanes[at.lane]?.drawn[at.index] ? at : { lane: first, index: 0 };
  const open = (thing: Drawn) => {
    const [head, last] = [thing.cluster?.[0]?.from, thing.cluster?.at(-1)?.from];
    if (!head || !last) return ask(target(thing));
    const margin = Math.max((wallOf(last).until - wallOf(head).from) * 0.3, 86_400_000);
    zoom([wallOf(head).from - margin, wallOf(last).until + margin]);
  };
  const move = (event: KeyboardEvent) => {
    const thing = lanes[focus.lane]?.drawn[focus.index];
    if (thing && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      return open(thing);
    }
    const next = neighbour(lanes, focus, event.key);
    if (!next) return;
    event.preventDefault();
    setAt(next);
    things.current.get(lanes[next.lane]?.drawn[next.index]?.id ?? '')?.focus();
  };

  let top = AXIS;
  const ticks = scale.ticks(Math.max(3, Math.floor(inner / 110)));
  const format = scale.tickFormat();
  const height = AXIS + lanes.reduce((sum, lane) => sum + laneHeight(lane), 0);
  return (
    <div ref={ref} className="chart">
      <p id="chart-keys" className="visually-hidden">
        Arrow keys left and right move along a lane, up and down between lanes; Home and End go to its ends; Enter asks why. The
        table shows the same.
      </p>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="group"
          aria-label="Timeline"
          aria-describedby="summary chart-keys"
          onKeyDown={move}
        >
          <GlyphDefinitions />
          <g transform={`translate(${GUTTER},0)`} aria-hidden="true">
            {ticks.map((tick) => (
              <g key={tick.getTime()} transform={`translate(${scale(tick)},0)`}>
                <line y1={AXIS - 6} y2={height} className="grid" />
                <text y={AXIS - 13} textAnchor={scale(tick) < 20 ? 'start' : 'middle'} className="tick">
                  {format(tick)}
                </text>
              </g>
            ))}
          </g>
          {lanes.map((lane, l) => {
            const y = top;
            top += laneHeight(lane);
            return (
              <g
                key={lane.lane.id}
                transform={`translate(0,${y})`}
                role="group"
                aria-label={`${lane.lane.title} lane`}
                className={`lane lane-${lane.lane.id}`}
              >
                <rect x={0} y={0} width={width} height={laneHeight(lane)} className={l % 2 ? 'lane-back odd' : 'lane-back'} />
                <text x={12} y={lane.drawn.length === 0 ? 21 : 24} className="lane-title">
                  {lane.lane.title}
                </text>
                {lane.lane.freshTo && lane.rows > 1 && (
                  <text x={12} y={40} className="lane-fresh">
                    to {dayInWords(lane.lane.freshTo, zone)}
                  </text>
                )}
                {lane.drawn.length === 0 && (
                  <text x={GUTTER + 6} y={21} className="lane-empty">
                    {lane.lane.empty ? EMPTY[lane.lane.empty] : 'nothing in these days'}
                  </text>
                )}
                {lane.drawn.map((thing, index) => (
                  <Thing
                    key={thing.id}
                    thing={thing}
                    x={GUTTER}
                    y={PAD + thing.row * ROW}
                    focusable={focus.lane === l && focus.index === index}
                    hold={(node) => (node ? things.current.set(thing.id, node) : things.current.delete(thing.id))}
                    onFocus={() => setAt({ lane: l, index })}
                    onClick={() => open(thing)}
                  />
                ))}
              </g>
            );
          })}
          {now >= range[0] && now <= range[1] && (
            <g transform={`translate(${GUTTER + scale(now)},0)`} className="now" aria-hidden="true">
              <line y1={AXIS - 6} y2={height} />
              <text y={11} textAnchor="middle">
                {view.knownOn.at ? 'known on' : 'now'}
              </text>
            </g>
          )}
        </svg>
      )}
    </div>
  );
};

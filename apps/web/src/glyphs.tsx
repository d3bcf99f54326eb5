import type { TimelineItem } from '#contracts';
import { gapInWords, itemInWords } from './item-words.js';
import { HIT, type Drawn } from './layout.js';
import { words } from './moment.js';

const BAR = 20;
const MIDDLE = HIT / 2;

/** Patterns and fades that bars are filled with: what is reported differs from what was observed by more than colour. */
export const GlyphDefinitions = () => (
  <defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line x1="0" y1="0" x2="0" y2="6" className="hatch-line" />
    </pattern>
    <pattern id="gap-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
      <line x1="0" y1="0" x2="0" y2="8" className="gap-line" />
    </pattern>
    <linearGradient id="fade-end">
      <stop offset="0.55" stopColor="white" />
      <stop offset="1" stopColor="white" stopOpacity="0.08" />
    </linearGradient>
    <linearGradient id="fade-start">
      <stop offset="0" stopColor="white" stopOpacity="0.08" />
      <stop offset="0.45" stopColor="white" />
    </linearGradient>
    <mask id="fading-end" maskContentUnits="objectBoundingBox">
      <rect width="1" height="1" fill="url(#fade-end)" />
    </mask>
    <mask id="fading-start" maskContentUnits="objectBoundingBox">
      <rect width="1" height="1" fill="url(#fade-start)" />
    </mask>
  </defs>
);

type Shape = 'circle' | 'diamond' | 'square' | 'triangle' | 'half';
const SHAPES: Partial<Record<TimelineItem['kind'], Shape>> = {
  'ed-visit': 'diamond',
  'collateral-contact': 'half',
  'warm-handoff': 'half',
  offer: 'triangle',
  referral: 'triangle',
  voucher: 'square',
  assessment: 'square',
  'reported-situation': 'square',
  'reported-housed': 'square',
  'shelter-night': 'square',
  'not-at-place': 'square',
  death: 'square',
};
const PATHS: Record<Exclude<Shape, 'circle' | 'half'>, string> = {
  diamond: 'M0,-8 L8,0 L0,8 L-8,0 Z',
  square: 'M-6,-6 H6 V6 H-6 Z',
  triangle: 'M0,-7 L7,6 L-7,6 Z',
};

const Mark = ({ item, count }: { readonly item: TimelineItem; readonly count: number }) => {
  const shape = SHAPES[item.kind] ?? 'circle';
  const className = `glyph ${item.look}`;
  return (
    <>
      {count > 1 && <circle r={12} className={`cluster ${item.look}`} />}
      {count === 1 && shape === 'circle' && <circle r={6.5} className={className} />}
      {count === 1 && shape === 'half' && (
        <>
          <circle r={6.5} className={`${className} hollow`} />
          <path d="M0,-6.5 A6.5,6.5 0 0 1 0,6.5 Z" className={className} />
        </>
      )}
      {count === 1 && shape !== 'circle' && shape !== 'half' && <path d={PATHS[shape]} className={className} />}
      {count > 1 && (
        <text textAnchor="middle" y={4} className="cluster-count">
          {count}
        </text>
      )}
    </>
  );
};

const maskOf = ({ end, from }: TimelineItem) =>
  end === 'unknown' ? 'url(#fading-end)' : from === null ? 'url(#fading-start)' : undefined;

interface WordsProps {
  readonly words: string;
  readonly width: number;
  readonly room: number;
  readonly look: string;
}
/** Inside the bar where they fit, else behind it where nothing else stands, else left to the label and the table. */
const BarWords = ({ words: text, width, room, look }: WordsProps) => {
  const needed = 6.7 * text.length + 12;
  if (width < needed && room < needed) return null;
  return (
    <text x={width < needed ? width + 6 : 8} y={14.5} className={`bar-text ${width < needed ? 'outside' : look}`}>
      {text}
    </text>
  );
};

const Bar = ({ item, width, room }: { readonly item: TimelineItem; readonly width: number; readonly room: number }) => (
  <>
    <g mask={maskOf(item)}>
      <rect width={width} height={BAR} rx={4} className={`glyph ${item.look}`} />
      {item.look === 'hatched' && <rect width={width} height={BAR} rx={4} fill="url(#hatch)" />}
    </g>
    {item.end === 'ongoing' && <path d={`M${width},0 l8,${BAR / 2} l-8,${BAR / 2} Z`} className={`glyph ${item.look} arrow`} />}
    {item.end === 'unknown' && (
      <text x={width + 4} y={15} className="unknown">
        ?
      </text>
    )}
    <BarWords words={item.title} width={width} room={item.end === 'known' ? room : 0} look={item.look} />
  </>
);

const Gap = ({
  gap,
  width,
  room,
}: {
  readonly gap: NonNullable<Drawn['gap']>;
  readonly width: number;
  readonly room: number;
}) => (
  <>
    <rect width={width} height={BAR} rx={4} className={`gap ${gap.state}`} />
    <rect width={width} height={BAR} rx={4} fill="url(#gap-hatch)" />
    <BarWords words={gap.title} width={width} room={room} look="gap" />
  </>
);

interface Props {
  readonly thing: Drawn;
  readonly x: number;
  readonly y: number;
  readonly focusable: boolean;
  readonly hold: (node: SVGGElement | null) => void;
  readonly onFocus: () => void;
  readonly onClick: () => void;
}

const wordsOf = ({ item, gap, cluster }: Drawn) => {
  const [first, last] = [cluster?.[0], cluster?.at(-1)];
  if (cluster && first?.from && last?.from) {
    return `${cluster.length} close together, ${first.title} to ${last.title}, ${words(first.from)} to ${words(last.from)}. Enter shows fewer days.`;
  }
  return item ? itemInWords(item) : gap ? gapInWords(gap) : '';
};

/** One bar, mark, cluster or gap, with an area to hit that is never smaller than a finger needs. */
export const Thing = ({ thing, x, y, focusable, hold, onFocus, onClick }: Props) => {
  const { item, gap, cluster, shape, x1, x2, room } = thing;
  const label = wordsOf(thing);
  const w = x2 - x1;
  return (
    <g
      ref={hold}
      role="button"
      tabIndex={focusable ? 0 : -1}
      aria-label={label}
      className={`thing ${item?.late ? 'late' : ''}`}
      transform={`translate(${x + x1},${y})`}
      onFocus={onFocus}
      onClick={onClick}
      data-id={item?.id ?? gap?.id}
      data-kind={item?.kind ?? 'gap'}
    >
      <title>{label}</title>
      <rect
        x={shape === 'mark' ? -MIDDLE : Math.min(0, (w - HIT) / 2)}
        y={-2}
        width={Math.max(w, HIT)}
        height={HIT}
        className="hit"
      />
      {shape === 'mark' && item && (
        <g transform={`translate(0,${BAR / 2})`}>
          <Mark item={item} count={cluster?.length ?? 1} />
        </g>
      )}
      {shape === 'bar' && item && <Bar item={item} width={w} room={room} />}
      {gap && <Gap gap={gap} width={w} room={room} />}
      {item?.late && <path d={`M${shape === 'mark' ? 5 : w - 3},-1 q6,-3 7,4`} className="late-hook" />}
    </g>
  );
};

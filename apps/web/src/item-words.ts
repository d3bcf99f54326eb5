import type { TimelineGap, TimelineItem } from '#contracts';
import { words } from './moment.js';

/** When it was, in one phrase. */
export const whenInWords = ({ from, to, end, shape }: TimelineItem): string => {
  const start = from ? words(from) : 'start not known';
  if (shape === 'mark') return start;
  if (to) return `${start} to ${words(to)}`;
  return end === 'ongoing' ? `since ${start}` : `from ${start}, end not known`;
};

const LOOKS = { solid: '', light: 'attempt', hatched: 'reported, not observed', outlined: 'planned' } as const;

/** Nothing where the title says it already. */
export const lookInWords = ({ look, title }: TimelineItem): string =>
  title.toLowerCase().includes(LOOKS[look]) ? '' : LOOKS[look];

export const lateInWords = ({ late }: TimelineItem): string =>
  late ? `arrived ${late.days} ${late.days === 1 ? 'day' : 'days'} late` : '';

/** What a screen reader says of an item. */
export const itemInWords = (item: TimelineItem): string =>
  [item.title, lookInWords(item), whenInWords(item), item.organization ?? '', lateInWords(item)].filter(Boolean).join(', ');

const STATES = {
  running: 'running',
  met: 'met',
  'not-seen-yet': 'not seen yet',
  missed: 'missed',
  'not-applicable': 'not applicable',
} as const;

export const gapStateInWords = ({ state, because }: TimelineGap): string => `${STATES[state]}${because ? `: ${because}` : ''}`;

export const gapInWords = (gap: TimelineGap): string =>
  [
    gap.title,
    gapStateInWords(gap),
    gap.to ? `${words(gap.from)} to ${words(gap.to)}` : `since ${words(gap.from)}`,
    `due ${gap.due.day}`,
  ].join(', ');

import type { TimelineGap, TimelineItem } from '#contracts';

const counted = (n: number, one: string, many = `${one}s`) => `${n === 0 ? 'no' : n} ${n === 1 ? one : many}`;

const homeWords = (items: readonly TimelineItem[]): string => {
  const home = items.findLast(({ kind }) => kind === 'tenancy');
  if (!home?.from) return '';
  return home.end === 'known'
    ? `; own home from ${home.from.text} to ${home.to?.text ?? '?'}`
    : `; own home since ${home.from.text}`;
};

const gapWords = (gaps: readonly TimelineGap[]): string => {
  const judged = gaps.filter(({ state }) => state !== 'not-applicable');
  const [missed, met] = (['missed', 'met'] as const).map((of) => judged.filter(({ state }) => state === of).length);
  if (missed! > 0) return `; after ${missed} of ${judged.length} times leaving, no one made contact within 7 days`;
  return met! > 0 && met === judged.length ? '; a peer made contact within 7 days after each time leaving' : '';
};

/** One sentence that says what the chart shows. */
export const summaryOf = (name: string | null, items: readonly TimelineItem[], gaps: readonly TimelineGap[]): string => {
  const count = (of: TimelineItem['kind']) => items.filter(({ kind }) => kind === of).length;
  const stays = counted(count('stay'), 'hospital stay');
  const visits = counted(count('ed-visit'), 'emergency department visit');
  const contacts = counted(count('contact'), 'contact');
  return `${name ?? 'This person'}: ${stays}, ${visits}, ${contacts} with a peer${homeWords(items)}${gapWords(gaps)}.`;
};

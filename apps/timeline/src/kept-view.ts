import type { TimelineView } from '#contracts';
import type { Shown } from '#access';
import type { Asked, Drawn } from './timeline.composition.js';
import { viewOf } from './timeline.composition.js';
import type { Marks } from './marks.js';
import type { SourceRow } from './timeline.rows.js';

/** What was composed for one question, and all that it holds good for. */
export interface KeptView {
  readonly drawn: Drawn;
  readonly marks: Marks;
  /** The categories that the gate permitted. */
  readonly permitted: string;
  /** When it was drawn; before it, and from `drawn.until` on, it would look otherwise. */
  readonly from: number;
  /** The view without the position of a reading, as JSON text in UTF-8. */
  readonly rest: Buffer;
}

export const permittedBy = ({ categories }: Shown): string => [...categories].sort().join(' ');

/** Whether it may be shown at an instant to someone with these permissions, as long as its marks are those of today. */
export const holds = ({ from, drawn, permitted }: KeptView, now: number, shown: Shown): boolean =>
  from <= now && now < drawn.until && permitted === permittedBy(shown);

type Reading = Pick<TimelineView, 'knownOn' | 'cursor'>;

/** All of a view's text but its head. */
export const restOf = (
  drawn: Drawn,
  sources: readonly SourceRow[],
  asked: Pick<Asked, 'personId' | 'knownOn' | 'now'>,
): Buffer => {
  const { knownOn: _, cursor: __, ...rest } = viewOf(drawn, { sources, cursor: '' }, asked);
  return Buffer.from(JSON.stringify(rest).replace('{', ','));
};

/** A view's text, as of one reading. */
export const textOf = ({ knownOn, cursor }: Reading, rest: Buffer): Buffer =>
  Buffer.concat([Buffer.from(JSON.stringify({ knownOn, cursor }).slice(0, -1)), rest]);

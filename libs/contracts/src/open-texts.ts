import type { Envelope } from '#kernel';
import { CODE, CREDENTIALS, SOURCE_SYSTEM } from './codes.js';

/** What a door that names itself, or a trace that runs through several systems, is called. */
const NAME = /^[\w.:-]{1,100}$/;

type Opened = Pick<
  Envelope,
  'occurred' | 'enteredBy' | 'performers' | 'place' | 'source' | 'supersedes' | 'correlationId' | 'causationId'
>;
type Text = readonly [field: string, text: string | null | undefined, shape: RegExp];

const textsOf = ({ occurred, enteredBy, performers = [], place, source, supersedes, ...ids }: Opened): readonly Text[] => [
  ['enteredBy', enteredBy, NAME],
  ['correlationId', ids.correlationId, NAME],
  ['causationId', ids.causationId, NAME],
  ['source.system', source.system, SOURCE_SYSTEM],
  ['occurred.basis', occurred?.basis, CODE],
  ['place.kind', place?.kind, CODE],
  ['supersedes.reason', supersedes?.reason, CODE],
  ['supersedes.target.subject', supersedes?.target?.subject, CODE],
  ['supersedes.target.asOf', supersedes?.target?.asOf, CODE],
  ['supersedes.target.kind', supersedes?.target?.kind, CODE],
  ...performers.flatMap(({ role, credentials }, i): readonly Text[] => [
    [`performers[${i}].role`, role, CODE],
    [`performers[${i}].credentials`, credentials, CREDENTIALS],
  ]),
];

/** What is wrong with the texts that an envelope shows in the open: names of doors and systems, and words of code lists, into which no sentence fits. */
export const openTexts = (event: Opened): readonly string[] =>
  textsOf(event).flatMap(([field, text, shape]) =>
    text === undefined || text === null || shape.test(text) ? [] : [`${field} is no word that may stand in the open`],
  );

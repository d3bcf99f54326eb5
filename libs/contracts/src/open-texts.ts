import type { Envelope } from '#kernel';
import { CODE, CREDENTIALS, SOURCE_SYSTEM } from './codes.js';

/** What a door that names itself, or a trace that runs through several systems, is called. */
const NAME = /^[\w.:-]{1,100}$/;

type Opened = Pick<
  Envelope,
  'occurred' | 'enteredBy' | 'performers' | 'place' | 'source' | 'supersedes' | 'correlationId' | 'causationId'
>;

/** What is wrong with the texts that an envelope shows in the open: names of doors and systems, and words of code lists, into which no sentence fits. */
export const openTexts = (event: Opened): readonly string[] => {
  const { occurred, source, place, supersedes, performers } = event;
  const wrong: string[] = [];
  const look = (field: string, text: string | null | undefined, shape: RegExp) => {
    if (text !== undefined && text !== null && !shape.test(text)) wrong.push(`${field} is no word that may stand in the open`);
  };
  look('enteredBy', event.enteredBy, NAME);
  look('correlationId', event.correlationId, NAME);
  look('causationId', event.causationId, NAME);
  look('source.system', source.system, SOURCE_SYSTEM);
  look('occurred.basis', occurred?.basis, CODE);
  look('place.kind', place?.kind, CODE);
  look('supersedes.reason', supersedes?.reason, CODE);
  if (supersedes?.target)
    for (const [part, text] of Object.entries(supersedes.target)) look(`supersedes.target.${part}`, text, CODE);
  performers?.forEach(({ role, credentials }) => {
    look('performers.role', role, CODE);
    look('performers.credentials', credentials, CREDENTIALS);
  });
  return wrong;
};

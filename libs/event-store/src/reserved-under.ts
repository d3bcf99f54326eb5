import { isDeepStrictEqual } from 'node:util';
import type { Dispatch, Report } from '#contracts';
import { stated, type ReservedUnder } from '#kernel';
import type { OpenedEvent } from './opened.js';

interface Stream {
  readonly history: readonly OpenedEvent[];
  readonly personId: string | null;
}

/** What led to a command's stream and person and is not in the stream yet; never what names another person than the stream's. */
export const newlyReserved = (
  command: Report & { readonly via: Dispatch },
  { history, personId }: Stream,
): ReservedUnder | undefined => {
  const { person, stream } = namedBy(command);
  const own = personId !== null && command.via.personId === personId;
  const named: ReservedUnder = stated({ stream, person: own ? person : undefined });
  const held = ([name, under]: [string, unknown]) =>
    history.some(({ reservedUnder }) => isDeepStrictEqual(reservedUnder?.[name as keyof ReservedUnder], under));
  const added = Object.entries(named).filter((entry) => !held(entry));
  return added.length > 0 ? Object.fromEntries(added) : undefined;
};

const namedBy = ({ subject, person, via: { reserved } }: Report & { readonly via: Dispatch }) => ({
  stream: subject?.record ?? reserved?.stream,
  person: person?.identifier ?? reserved?.person,
});

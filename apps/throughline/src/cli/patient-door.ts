import type { Door } from '../../../interop/src/importer.js';
import { patiently } from '../databases.js';

/** Said once by all the records that wait at the same time. */
const SPARSELY_MS = 900;

/** A door that waits, about a minute, while the database does not answer: what is sent twice is recorded once. */
export const patient = (door: Door, say: (line: string) => void, pauses?: readonly number[]): Door => {
  let spoke = 0;
  const seldom = (line: string) => {
    if (Date.now() - spoke < SPARSELY_MS) return;
    spoke = Date.now();
    say(line);
  };
  const { idFor } = door;
  return {
    accept: (command, body, sent) => patiently(async () => door.accept(command, body, sent), seldom, pauses),
    ...(idFor && { idFor: (record) => patiently(() => idFor.call(door, record), seldom, pauses) }),
  };
};

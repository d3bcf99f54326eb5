import { InvalidEvent, type AppendRequest } from './port.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What no engine could keep as it is: said before it is sent. */
export const faultIn = ({ personId, events }: AppendRequest): InvalidEvent | undefined => {
  if (events.length === 0) return new InvalidEvent('A request without events records nothing');
  if (personId !== null && !UUID.test(personId)) return new InvalidEvent(`Not a person's id (a UUID in lower case): ${personId}`);
  for (const { id, body, recordedAt } of events) {
    if (!UUID.test(id)) return new InvalidEvent(`Not an event's id (a UUID in lower case): ${id}`);
    if (!body.isWellFormed()) return new InvalidEvent(`The body of event ${id} holds half a character (a lone surrogate)`);
    if (recordedAt !== undefined && Number.isNaN(Date.parse(recordedAt)))
      return new InvalidEvent(`Not an instant: ${recordedAt}`);
  }
  return undefined;
};

import { InvalidEvent, type AppendRequest, type NewEvent } from './port.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What no engine could keep as it is: said before it is sent. */
export const faultIn = ({ personId, events }: AppendRequest): InvalidEvent | undefined => {
  if (events.length === 0) return new InvalidEvent('A request without events records nothing');
  if (personId !== null && !UUID.test(personId)) return new InvalidEvent(`Not a person's id (a UUID in lower case): ${personId}`);
  for (const event of events) {
    const fault = faultOf(event);
    if (fault !== undefined) return new InvalidEvent(fault);
  }
  return undefined;
};

const faultOf = ({ id, body, recordedAt }: NewEvent): string | undefined => {
  if (!UUID.test(id)) return `Not an event's id (a UUID in lower case): ${id}`;
  if (!body.isWellFormed()) return `The body of event ${id} holds half a character (a lone surrogate)`;
  if (recordedAt !== undefined && Number.isNaN(Date.parse(recordedAt))) return `Not an instant: ${recordedAt}`;
  return undefined;
};

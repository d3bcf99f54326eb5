import { randomBytes, randomUUID } from 'node:crypto';
import { hashOf } from '../src/hash.js';
import type { AppendRequest, NewEvent } from '../src/port.js';

export const newStream = (): string => `test-${randomUUID()}`;

/** An event that is filled in and hashed; what is given stands. */
export const newEvent = (streamId: string, personId: string | null, given: Partial<NewEvent> = {}): NewEvent => {
  const event = {
    id: randomUUID(),
    type: 'SomethingSaid',
    body: JSON.stringify({ data: { code: 7 } }),
    sealed: randomBytes(40),
    ...given,
  };
  return { ...event, hash: given.hash ?? hashOf({ ...event, streamId, personId }) };
};

export type Told = Partial<Omit<AppendRequest, 'events'>> & {
  readonly count?: number;
  readonly events?: readonly Partial<NewEvent>[];
};

/** A request of one event for a new stream, unless told otherwise. */
export const request = ({ count = 1, events, ...told }: Told = {}): AppendRequest => {
  const { streamId, personId } = { streamId: newStream(), personId: randomUUID(), ...told };
  const given = events ?? Array.from({ length: count }, () => ({}));
  return { expected: -1, ...told, streamId, personId, events: given.map((event) => newEvent(streamId, personId, event)) };
};

/** The request that goes on where another ended. */
export const following = ({ streamId, personId, expected, events }: AppendRequest, told: Told = {}): AppendRequest =>
  request({ streamId, personId, expected: expected + events.length, ...told });

import { randomUUID } from 'node:crypto';
import { hashOf } from '../src/hash.js';
import { postgresStore } from '../src/postgres.store.js';

/** Appends without end, sixteen at a time, and prints each event's id once it has been acknowledged. */
const store = postgresStore({ url: process.argv[2]! });
const write = async () => {
  const streamId = `test-${randomUUID()}`;
  for (let expected = -1; ; expected += 1) {
    const event = { id: randomUUID(), type: 'SomethingSaid', body: '{}', sealed: null };
    await store.append({
      streamId,
      expected,
      personId: null,
      events: [{ ...event, hash: hashOf({ ...event, streamId, personId: null }) }],
    });
    process.stdout.write(`${event.id}\n`);
  }
};
await Promise.all(Array.from({ length: 16 }, write));

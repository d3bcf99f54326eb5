import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Outcome } from './group-commit.js';
import { EventIdTaken, RevisionConflict, SeedingClosed, StreamOfAnotherPerson } from './port.js';
import type { Appended, AppendRequest } from './port.js';
import { byteaArray, intArray, textArray, timeArray, uuidArray } from './postgres.array.js';
import {
  isDuplicate,
  isLost,
  isRefusedData,
  placeOf,
  refusedData,
  settingsOf,
  unavailable,
  type Connection,
} from './postgres.connection.js';

const ONE = { name: 'log.append_one', text: 'select log.append_one($1, $2, $3, $4, $5, $6, $7, $8)', rowMode: 'array' as const };
const MANY = {
  name: 'log.append',
  text: 'select base, recorded, refused, seeding from log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)',
  rowMode: 'array' as const,
};

/** Why one request of a group was not recorded (`log.append`). */
interface Refused {
  readonly n: number;
  readonly elsewhere: string | null;
  readonly positions: readonly number[] | null;
  readonly recordedAt: string;
  readonly person: boolean;
  readonly actual: number;
}
type Answer = readonly [base: string, recorded: readonly string[] | null, refused: readonly Refused[] | null, seeding: string];

/** One connection that flushes groups: each is one statement and one transaction, tried again with the same ids where the connection is lost. */
export class Lane {
  private link: Promise<pg.Client> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly patienceMs: number,
  ) {}

  async flush(group: readonly AppendRequest[], careful = false): Promise<readonly Outcome[]> {
    const deadline = Date.now() + this.patienceMs;
    for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
      try {
        return await this.send(await this.linked(deadline), group, careful);
      } catch (error) {
        if (isRefusedData(error)) return this.split(group, careful, error);
        await this.unlink();
        if (!isLost(error) || Date.now() + pause > deadline) throw unavailable(placeOf(this.connection), error);
        await sleep(pause);
      }
    }
  }

  async close(): Promise<void> {
    const client = await this.link?.catch(() => undefined);
    this.link = undefined;
    await client?.end().catch(() => undefined);
  }

  /** Halves the group until the one that cannot be recorded stands alone. */
  private async split(group: readonly AppendRequest[], careful: boolean, error: unknown): Promise<readonly Outcome[]> {
    if (group.length === 1) return careful || !isDuplicate(error) ? [refusedData(error)] : this.flush(group, true);
    const middle = group.length >> 1;
    return [...(await this.flush(group.slice(0, middle), careful)), ...(await this.flush(group.slice(middle), careful))];
  }

  private async send(client: pg.Client, group: readonly AppendRequest[], careful: boolean): Promise<readonly Outcome[]> {
    const alone = group.length === 1 && !careful && group[0]!.events.length === 1 && group[0]!.seeder === undefined;
    return (alone && (await sendOne(client, group[0]!))) || sendMany(client, group, careful);
  }

  private linked(deadline: number): Promise<pg.Client> {
    return (this.link ??= this.connect(deadline));
  }

  private async connect(deadline: number): Promise<pg.Client> {
    const left = Math.max(deadline - Date.now(), 100);
    const client = new pg.Client({
      ...settingsOf(this.connection),
      query_timeout: this.patienceMs,
      connectionTimeoutMillis: left,
    });
    // A loss between two flushes shows itself in the next.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  /** Without goodbye: a statement that never answers would keep it waiting. */
  private async unlink(): Promise<void> {
    const client = await this.link?.catch(() => undefined);
    this.link = undefined;
    client?.connection.stream.destroy();
  }
}

const sendOne = async (
  client: pg.Client,
  { streamId, expected, personId, events }: AppendRequest,
): Promise<Outcome[] | undefined> => {
  const { id, type, body, sealed, hash } = events[0]!;
  const { rows } = await client.query<[string | null]>({
    ...ONE,
    values: [streamId, expected, personId, id, type, body, sealed, hash],
  });
  const answer = rows[0]![0];
  if (answer === null) return undefined;
  const [position, recordedAt] = answer.split(' ') as [string, string];
  return [{ positions: [Number(position)], repeated: false, recordedAt }];
};

const sendMany = async (client: pg.Client, group: readonly AppendRequest[], careful: boolean): Promise<readonly Outcome[]> => {
  const { rows } = await client.query<Answer[] & Answer>({
    ...MANY,
    values: [...encoded(group), group[0]!.seeder ?? null, careful],
  });
  const [base, recorded, refused, seeding] = rows[0]! as unknown as Answer;
  return outcomesOf(group, { base: Number(base), recorded, seeding, refused: new Map(refused?.map((r) => [r.n - 1, r])) });
};

const encoded = (group: readonly AppendRequest[]): (Buffer | null)[] => {
  const events = group.flatMap((request, n) => request.events.map((event, i) => ({ request, n, i, event })));
  const single = events.length === group.length;
  const streams = textArray(group.map(({ streamId }) => streamId));
  const persons = uuidArray(group.map(({ personId }) => personId));
  return [
    streams,
    intArray(group.map(({ expected }) => expected)),
    persons,
    intArray(events.map(({ n }) => n + 1)),
    single ? streams : textArray(events.map(({ request }) => request.streamId)),
    single ? persons : uuidArray(events.map(({ request }) => request.personId)),
    intArray(events.map(({ request, i }) => request.expected + 1 + i)),
    uuidArray(events.map(({ event }) => event.id)),
    textArray(events.map(({ event }) => event.type)),
    textArray(events.map(({ event }) => event.body)),
    byteaArray(events.map(({ event }) => event.sealed)),
    byteaArray(events.map(({ event }) => event.hash)),
    group[0]!.seeder === undefined ? null : timeArray(events.map(({ event }) => event.recordedAt ?? null)),
  ];
};

interface Recorded {
  readonly base: number;
  /** One for all, or (while seeding) one for each event; null where nothing was recorded. */
  readonly recorded: readonly string[] | null;
  readonly seeding: string;
  readonly refused: ReadonlyMap<number, Refused>;
}

const outcomesOf = (group: readonly AppendRequest[], answer: Recorded): Outcome[] => {
  let offset = 0;
  return group.map((request, n) => {
    const refused = answer.refused.get(n);
    if (refused) return refusalOf(request, refused);
    if (answer.recorded === null) return answer.seeding === 'open' ? 'wait' : new SeedingClosed(request.seeder ?? '');
    const first = answer.base + offset + 1;
    offset += request.events.length;
    const recordedAt = answer.recorded[Math.min(offset, answer.recorded.length) - 1]!;
    return { positions: request.events.map((_, i) => first + i), repeated: false, recordedAt };
  });
};

const refusalOf = (
  { streamId, expected }: AppendRequest,
  { elsewhere, positions, recordedAt, person, actual }: Refused,
): Appended | Error => {
  if (elsewhere !== null) return new EventIdTaken(elsewhere);
  if (positions !== null) return { positions, repeated: true, recordedAt };
  if (person) return new StreamOfAnotherPerson(streamId);
  return new RevisionConflict(streamId, expected, actual);
};

import { createCipheriv, randomBytes, randomUUID } from 'node:crypto';
import { hashOf, type AppendRequest, type NewEvent } from '#event-store';

/** One line of the bench: what we reach beside what could be reached, measured in the same run. */
export interface Figure {
  readonly name: string;
  /** Per second. */
  readonly ours: number;
  readonly limit: number;
  readonly ratio: number;
  readonly p99ms: number;
  readonly limitP99ms: number;
  readonly rssMiB: number;
}

const KEY = randomBytes(32);
const PRIVATE = Buffer.from(JSON.stringify({ visitNumber: 'V-1234567', unit: 'B', bed: '12', reason: 'x'.repeat(150) }));
const BODY = JSON.stringify({
  schemaVersion: 1,
  occurred: { start: '2026-03-05T16:00', precision: 'minute', zone: 'America/Detroit', basis: 'EVN-2' },
  assertedAt: '2026-03-05T21:00:00.000Z',
  asserted: { by: 'source-record', how: 'documented' },
  enteredBy: 'bench',
  organizationId: randomUUID(),
  source: { system: 'bench', sequence: 12 },
  request: { tag: 'x'.repeat(43), fingerprint: 'y'.repeat(43) },
  labels: ['hospital-medical'],
  correlationId: randomUUID(),
  causationId: null,
  data: { facilityId: randomUUID(), levelOfCare: 'acute-medical' },
});

/** What sealing a private part does on either side. */
export const seal = (): Buffer => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', KEY, iv);
  return Buffer.concat([iv, cipher.update(PRIVATE), cipher.final(), cipher.getAuthTag()]);
};

/** A request for a new stream: every event sealed and hashed as the application does it. */
export const newRequest = (count: number): AppendRequest => {
  const [streamId, personId] = [`visit-${randomUUID()}`, randomUUID()];
  const events = Array.from({ length: count }, (): NewEvent => {
    const event = { id: randomUUID(), type: 'HospitalAdmitted', body: BODY, sealed: seal() };
    return { ...event, hash: hashOf({ ...event, streamId, personId }) };
  });
  return { streamId, personId, expected: -1, events };
};

/** What one encryption and one hash cost, in microseconds. */
export const costOfSecrecy = (): { readonly encryptUs: number; readonly hashUs: number } => {
  const sealed = seal();
  const event = {
    id: randomUUID(),
    type: 'HospitalAdmitted',
    body: BODY,
    sealed,
    streamId: `visit-${randomUUID()}`,
    personId: randomUUID(),
  };
  return { encryptUs: microseconds(seal), hashUs: microseconds(() => hashOf(event)) };
};
const microseconds = (work: () => unknown, times = 20_000) => {
  for (let i = 0; i < 1_000; i += 1) work();
  const since = performance.now();
  for (let i = 0; i < times; i += 1) work();
  return Math.round((10_000 * (performance.now() - since)) / times) / 10;
};

/** Does one piece of work and tells how many events it was. */
export type Work = () => Promise<number>;

class Tally {
  events = 0;
  private ms = 0;
  private readonly latencies: number[] = [];

  /** `inFlight` at once, for `forMs`. */
  async run(work: Work, inFlight: number, forMs: number): Promise<void> {
    const since = performance.now();
    const writer = async () => {
      while (performance.now() - since < forMs) {
        const asked = performance.now();
        const done = await work();
        this.events += done;
        this.latencies.push(performance.now() - asked);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, writer));
    this.ms += performance.now() - since;
  }

  get perSecond(): number {
    return Math.round((1000 * this.events) / this.ms);
  }

  get p99(): number {
    const at = Math.floor(this.latencies.length * 0.99);
    return Math.round(100 * (this.latencies.sort((a, b) => a - b)[at] ?? 0)) / 100;
  }
}

/** Ours and the limit in turns, so that a noisy neighbour on the machine meets both. */
export const compare = async (
  name: string,
  inFlight: number,
  { ours, limit }: { readonly ours: Work; readonly limit: Work },
): Promise<Figure> => {
  const [our, their] = [new Tally(), new Tally()];
  const [warm, turns, forMs] = [200, 16, 125];
  for (const work of [limit, ours]) await new Tally().run(work, inFlight, warm);
  for (let turn = 0; turn < turns; turn += 1) {
    await their.run(limit, inFlight, forMs);
    await our.run(ours, inFlight, forMs);
  }
  return {
    name,
    ours: our.perSecond,
    limit: their.perSecond,
    ratio: Math.round((100 * our.perSecond) / their.perSecond) / 100,
    p99ms: our.p99,
    limitP99ms: their.p99,
    rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
  };
};

import { beforeEach } from '@jest/globals';
import { DatedReport, labelsOfLevel, Report, type Answer, type Dispatch, type HospitalEvent, type LevelOfCare } from '#contracts';
import { DeciderRunner, memoryStore, opener, type EventStore, type OpenedEvent } from '#event-store';
import { decider, reject, Rejection, restate, standing, type Said } from '#kernel';
import type { Keys } from '#keys';
import { inMemoryKeys } from '#keys/testing';

interface Visit {
  readonly admission: Said<object>;
  readonly end: Said<object>;
  readonly withdrawn: Said<object>;
}
export class ReportAdmission extends DatedReport {
  levelOfCare: LevelOfCare = 'acute-psychiatric';
  unit?: string;
}
export class ReportVisitEnd extends DatedReport {
  disposition?: 'home' | 'shelter';
}
/** Refused once the visit has ended, so that a repeat would be refused where it is not recognised. */
class WithdrawPlan extends Report {}

const { when, record, remember, build } = decider<Visit, HospitalEvent, 'visit-ended'>();
const visit = build({
  category: 'visit',
  initial: { admission: [], end: [], withdrawn: [] },
  cases: [
    when(ReportAdmission, (r, { admission }) =>
      restate(admission, r, record('HospitalAdmitted', { facilityId: FACILITY, levelOfCare: r.levelOfCare, unit: r.unit })),
    ),
    when(ReportVisitEnd, (r, { end }) => restate(end, r, record('VisitEnded', { disposition: r.disposition }))),
    when(WithdrawPlan, (r, { end, withdrawn }) =>
      end.length > 0 ? reject('visit-ended') : restate(withdrawn, r, record('VisitPlanWithdrawn', {})),
    ),
  ],
  evolve: remember({ HospitalAdmitted: 'admission', VisitEnded: 'end', VisitPlanWithdrawn: 'withdrawn' } as never),
  labels: ({ type }, { admission }) =>
    type === 'VisitEnded' ? labelsOfLevel((standing(admission)?.data as { levelOfCare?: LevelOfCare })?.levelOfCare) : undefined,
});

export const uuid = (n: number) => `6f1f3c39-6f6b-4ad6-9d8c-${String(n).padStart(12, '0')}`;
export const [FACILITY, MARIA, OTHER] = [uuid(1), uuid(2), uuid(3)];
export const STREAM = `visit-${uuid(4)}`;
const IDENTIFIER_KEY = Buffer.alloc(32, 7);

type Sent = Partial<Omit<Dispatch, 'request'>> & { readonly request?: Partial<Dispatch['request']> };
export const sent = <C extends Report>(command: C, key: string, { request, ...via }: Sent = {}): C =>
  Object.assign(command, {
    via: {
      streamId: STREAM,
      personId: MARIA,
      enteredBy: 'hl7',
      request: { scope: 'st-marys', key, body: JSON.stringify(command), ...request },
      ...via,
    },
  });
const at = (start: string) => ({ start, precision: 'minute', zone: 'America/Detroit', basis: 'EVN-6' }) as const;
export const said = {
  assertedAt: '2026-03-01T21:05:00.000Z',
  occurred: at('2026-03-01T16:00'),
  source: { system: 'hospital:st-marys', record: 'V-1' },
};
export const admission = (more: Partial<ReportAdmission> = {}) =>
  Object.assign(new ReportAdmission(), said, { unit: '5 West' }, more);
export const end = (more: Partial<ReportVisitEnd> = {}) =>
  Object.assign(new ReportVisitEnd(), said, { assertedAt: '2026-03-06T21:05:00.000Z', occurred: at('2026-03-06T16:00') }, more);
export const withdrawal = () => Object.assign(new WithdrawPlan(), said);

/** A record of a snapshot: its key is completed by the runner, and its body may differ from one reading to the next. */
export const snapshot = (command: Report, record: string) =>
  sent(command, record, { request: { key: `${record}|${command.assertedAt}`, snapshot: true, body: undefined as never } });

export interface Trial {
  store: EventStore;
  readonly keys: Keys;
  /** Pairs of persons who are linked: `<one> <other>`. */
  links: ReadonlySet<string>;
  /** The answer or refusal of the runner on the log, or on a log that behaves as told. */
  run(command: Report, on?: Partial<EventStore>): Promise<Answer | Rejection>;
  /** The answer; throws where it is refused. */
  answered(command: Report, on?: Partial<EventStore>): Promise<Answer>;
  /** The code of the refusal; the answer where it is not refused. */
  refused(command: Report): Promise<string | Answer>;
  types(): Promise<readonly string[]>;
  opened(): Promise<readonly OpenedEvent[]>;
}

const trial = (): Trial => {
  const keys = inMemoryKeys();
  const it: Trial = {
    store: memoryStore(),
    keys,
    links: new Set(),
    run(command, on = {}) {
      const linked = (a: string, b: string) => Promise.resolve(it.links.has(`${a} ${b}`) || it.links.has(`${b} ${a}`));
      return new DeciderRunner({ store: { ...it.store, ...on }, keys, identifierKey: IDENTIFIER_KEY, linked }).run(
        visit,
        command,
      );
    },
    async answered(command, on) {
      const answer = await it.run(command, on);
      if (answer instanceof Rejection) throw new Error(`refused: ${answer.code}`);
      return answer;
    },
    async refused(command) {
      const answer = await it.run(command);
      return answer instanceof Rejection ? answer.code : answer;
    },
    types: async () => (await it.store.readStream(STREAM)).map(({ type }) => type),
    opened: async () => opener(keys)(await it.store.readStream(STREAM)),
  };
  return it;
};

/** A runner on an empty log for each test, with a small decider of visits. */
export const eachOnAnEmptyLog = (): (() => Trial) => {
  let current = trial();
  beforeEach(() => {
    current = trial();
  });
  return () => current;
};

export const positionsOf = ({ events }: Answer): readonly number[] => events.map(({ position }) => position);

/** Records, and loses the answer; then behaves as told. */
export const losing = (record: EventStore['append'], then: EventStore['append']): EventStore['append'] => {
  let lost = false;
  return async (request) => {
    if (!lost) await record(request);
    lost = true;
    return then(request);
  };
};

/** Lets a rival be first, once. */
export const overtaken = (by: () => Promise<unknown>, append: EventStore['append']): EventStore['append'] => {
  let first: Promise<unknown> | undefined;
  return async (request) => {
    await (first ??= by());
    return append(request);
  };
};

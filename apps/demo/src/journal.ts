import { spanOfStart, type Occurred } from '#kernel';
import { agencyOf, type AgencyKey } from './agencies.js';
import type { Draw } from './draw.js';

export const ZONE = 'America/Detroit';

/** A command of the demo with the instant at which the log shall take it. */
export interface Step {
  readonly recordedAt: number;
  /** Context and name, as in its path. */
  readonly command: string;
  readonly body: object;
  readonly scope: string;
  readonly key: string;
  /** Steps of one lane write one stream: each waits for the one before it. */
  readonly lane: string;
  /** The external identifiers that it names, for reserving their ids ahead. */
  readonly names: readonly { readonly parts: readonly string[]; readonly named: 'person' | 'stream' }[];
  /** Names of persons whose ids the body asks for, by field. */
  readonly personIds?: readonly [Who, Who];
}

/** A person as one agency knows them. */
export interface Who {
  readonly agency: AgencyKey;
  readonly number: string;
}

/** Ids of organisations, facilities and programmes, by their keys in `agencies.ts`. */
export type Places = ReadonlyMap<string, string>;

/** Days before today, and a time of that day: `[3, '16:00']`; without a time, just the day. */
export type When = readonly [daysAgo: number, time?: string];

export interface Timing {
  /** Minutes from what happened until its source said so; the agency's own temper unless told. */
  readonly assertedAfter?: number;
  /** Days by which it reached the log later than the agency's temper would have it. */
  readonly lateDays?: number;
  /** Day alone, though it is known by the minute when it was said. */
  readonly zone?: string;
}

const DAY = 86_400_000;

/** All that happens in the demo, told from the end: the last day is today. */
export class Journal {
  readonly steps: Step[] = [];
  private told = 0;

  constructor(
    readonly places: Places,
    /** Local date of the last day: `2026-11-22`. */
    private readonly today: string,
    /** Nothing reaches the log after this instant. */
    private readonly until: number,
    private readonly draw: Draw,
  ) {}

  place(key: string): string {
    const id = this.places.get(key);
    if (!id) throw new Error(`The demo names ${key}, which no agency has`);
    return id;
  }

  local([daysAgo, time]: When): string {
    const day = new Date(Date.parse(this.today) - daysAgo * DAY).toISOString().slice(0, 10);
    return time ? `${day}T${time}` : day;
  }

  private occurred(when: When, zone = ZONE): Occurred {
    return { start: this.local(when), precision: when[1] ? 'minute' : 'day', zone, basis: 'demo' };
  }

  /** A moment as a body sends it. */
  at(when: When, zone = ZONE): { readonly start: string; readonly zone: string; readonly basis: string } {
    return { start: this.local(when), zone, basis: 'demo' };
  }

  /** Tells one fact about one person; `subject` is the agency's own number of the visit, enrolment, tenancy …; none for a thing of its own. */
  tell(
    who: Who,
    command: string,
    when: When,
    body: object,
    more: Timing & { readonly subject?: readonly [type: string, value: string] } = {},
  ): void {
    const agency = agencyOf(who.agency);
    const occurred = this.occurred(when, more.zone);
    const { from } = spanOfStart(occurred);
    const asserted = from + (more.assertedAfter ?? agency.asserts(this.draw)) * 60_000;
    const recordedAt = agency.arrives(asserted, this.draw) + (more.lateDays ?? 0) * DAY;
    // What has not happened, or has not arrived, by now is not told.
    if (recordedAt > this.until) return;
    const authority = agency.system;
    const ofPerson = command.startsWith('people/');
    const [type, value] = more.subject ?? ['RecordID', `${who.number}-${this.told}`];
    const lane = ofPerson ? who.number : `${type}|${value}`;
    this.add({
      recordedAt,
      command,
      scope: authority,
      lane: `${authority}|${lane}`,
      names: [
        { parts: [authority, agency.personIdType, who.number], named: 'person' },
        ...(ofPerson ? [] : [{ parts: [authority, type, value], named: 'stream' as const }]),
      ],
      body: {
        person: { identifier: { authority, type: agency.personIdType, value: who.number } },
        ...(!ofPerson && { subject: { record: { authority, type, value } } }),
        occurred: this.at(when, more.zone),
        assertedAt: new Date(asserted).toISOString(),
        asserted: { by: 'source-record', how: 'documented' },
        source: { system: authority },
        organizationId: this.place(who.agency),
        ...body,
      },
    });
  }

  /** A reviewer's decision about two records: links, un-links, or declares them different. */
  decide(command: string, pair: readonly [Who, Who], when: When, body: object): void {
    const at = spanOfStart(this.occurred(when)).from;
    this.add({
      recordedAt: at,
      command,
      scope: 'review',
      lane: `pair|${pair.map(({ agency, number }) => `${agency}${number}`).sort().join('|')}`,
      names: [],
      body: { ...body, assertedAt: new Date(at).toISOString(), asserted: { by: 'staff', how: 'observed' }, source: { system: 'throughline' } },
      personIds: pair,
    }); // prettier-ignore
  }

  private add(step: Omit<Step, 'key'>): void {
    this.told += 1;
    const key = `demo-${this.told}`;
    this.steps.push({ ...step, key });
  }
}

/** Some days later, at the same clock unless told. */
export const later = ([days, time]: When, by: number, clock = time): When => (clock ? [days - by, clock] : [days - by]);

/** The wall clock some hours on (a plain clock: no day of the demo depends on the hour that a clock change takes). */
export const after = ([days, time = '12:00']: When, hours: number): When => {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + Math.round(hours * 60);
  const clock = ((minutes % 1440) + 1440) % 1440;
  const two = (n: number) => String(n).padStart(2, '0');
  return [days - Math.floor(minutes / 1440), `${two(Math.floor(clock / 60))}:${two(clock % 60)}`];
};

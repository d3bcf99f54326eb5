import type { CommandBus } from '@nestjs/cqrs';
import type { Answer, Report } from '#contracts';
import { DeciderRunner, type EventStore } from '#event-store';
import type { Identifiers } from '#identifiers';
import { Rejection } from '#kernel';
import type { Keys } from '#keys';
import { CommandDoor, type CommandRegistry, Problem } from '#nest';
import { AGENCIES, agencyOf, type Agency } from './agencies.js';
import { drawFrom } from './draw.js';
import { tellMany } from './generator.js';
import { Journal, ZONE, type Places, type Step, type Who } from './journal.js';
import { SeedingLog } from './seeding-log.js';
import { tellTwelve } from './twelve.js';

export interface DemoParts {
  readonly store: EventStore;
  readonly keys: Keys;
  readonly identifiers: Identifiers;
  readonly identifierKey: Buffer;
  readonly registry: CommandRegistry;
  /** The instant at which the story ends (ms since the epoch); nothing is recorded after it. */
  readonly now: number;
  /** Consumers besides the twelve; 1,200 unless told. */
  readonly consumers?: number;
  readonly seed?: string;
  readonly progress?: (progress: { readonly done: number; readonly total: number; readonly events: number }) => void;
}

export interface DemoLoaded {
  readonly commands: number;
  readonly events: number;
}

export const SEEDER = 'demo';
const IN_FLIGHT = 256;
const AHEAD = 1_000;

/** A step was refused or could not be taken: the demo tells something that the deciders do not. */
export class DemoRefused extends Error {}

/**
 * Loads the demo into an empty log through the same door and deciders as everything else, each event under the clock at
 * which its agency's message would have arrived, and closes seeding for good. Undefined where the log was written by
 * anyone else. Stopped in the middle, it goes on where it was: every id is derived.
 */
export const loadDemo = async (parts: DemoParts): Promise<DemoLoaded | undefined> => {
  if (!(await parts.store.beginSeeding(SEEDER))) return undefined;
  const fresh = (await parts.store.head()).position === 0;
  const { consumers = 1_200, seed = 'throughline', now } = parts;
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(now);
  const places = await registerAgencies(parts, Date.parse(today) - 6 * 365 * 86_400_000);
  const draw = drawFrom(seed);
  const journal = new Journal(places, today, now, draw.apart('delays'));
  tellTwelve(journal, today, draw.apart('twelve'));
  tellMany(journal, consumers, draw.apart('many'));
  const { commands } = await new Loader(parts, inOrder(journal.steps), fresh).run();
  await parts.store.endSeeding(SEEDER);
  return { commands: commands + places.size, events: (await parts.store.head()).position };
};

/** By arrival, each step with a clock of its own. */
const inOrder = (steps: readonly Step[]): readonly Step[] => {
  let last = 0;
  return [...steps]
    .sort((a, b) => a.recordedAt - b.recordedAt)
    .map((step) => {
      last = Math.max(step.recordedAt, last + 1);
      return { ...step, recordedAt: last };
    });
};

const iso = (at: number) => new Date(at).toISOString();

/** Sends steps in order, many at once, those of one lane one after the other. */
class Loader {
  private readonly log: SeedingLog;
  private readonly door: CommandDoor;
  private readonly lanes = new Map<string, Promise<void>>();
  private events = 0;

  constructor(
    private readonly parts: DemoParts,
    private readonly steps: readonly Step[],
    fresh: boolean,
  ) {
    const index = new Map(steps.map(({ recordedAt }, i) => [iso(recordedAt), i]));
    this.log = new SeedingLog(parts.store, (recordedAt) => index.get(recordedAt)!, fresh);
    const { keys, identifiers, identifierKey, registry, now } = parts;
    const runner = new DeciderRunner({ store: this.log, keys, identifierKey, linked: () => Promise.resolve(true) });
    const bus = { execute: (command: Report) => runner.run(registry.of(command.constructor as never).decider, command) };
    const known = {
      person: () => Promise.resolve(true),
      stream: async (streamId: string) => (await this.log.readStream(streamId))[0],
    };
    this.door = new CommandDoor({ bus: bus as unknown as CommandBus, registry, identifiers, known, zone: ZONE, now: () => now });
  }

  async run(answered: (step: Step, answer: Answer) => void = () => undefined): Promise<DemoLoaded> {
    const flying = new Set<Promise<void>>();
    let failed: unknown;
    for (const [i, step] of this.steps.entries()) {
      if (failed !== undefined) break;
      if (i % AHEAD === 0) await this.reserve(this.steps.slice(i, i + AHEAD));
      if (flying.size >= IN_FLIGHT) await Promise.race(flying);
      const before = this.lanes.get(step.lane) ?? Promise.resolve();
      const sent: Promise<void> = before
        .then(() => this.send(step))
        .then((answer) => answered(step, answer))
        .catch((error: unknown) => void (failed ??= error))
        .finally(() => {
          this.log.settle(i);
          flying.delete(sent);
          if (this.lanes.get(step.lane) === sent) this.lanes.delete(step.lane);
          this.parts.progress?.({ done: i + 1, total: this.steps.length, events: this.events });
        });
      flying.add(sent);
      this.lanes.set(step.lane, sent);
    }
    await Promise.all(flying);
    if (failed !== undefined) throw failed;
    await this.log.finished();
    return { commands: this.steps.length, events: this.events };
  }

  private async send(step: Step): Promise<Answer> {
    const [context, name] = step.command.split('/') as [string, string];
    const offered = this.parts.registry.find(context, name);
    if (!offered) throw new DemoRefused(`The demo sends ${step.command}, which no context takes`);
    const body = step.personIds ? { ...step.body, personIds: await this.idsOf(step.personIds) } : step.body;
    const seeding = { seeder: SEEDER, recordedAt: iso(step.recordedAt) };
    const answer = await this.door
      .accept(offered.command, body, { idempotencyKey: step.key, scope: step.scope, enteredBy: 'demo', dates: 'mark', seeding })
      .catch((error: unknown) => {
        throw error instanceof Problem
          ? new DemoRefused(`${step.command} (${step.key}): ${error.message} ${JSON.stringify(error)}`)
          : error;
      });
    if (answer instanceof Rejection)
      throw new DemoRefused(`${step.command} (${step.key}) was refused: ${answer.code} ${answer.detail ?? ''}`);
    this.events += answer.events.length;
    return answer;
  }

  /** One round trip for the ids of many steps to come: the door finds them reserved. */
  private async reserve(steps: readonly Step[]): Promise<void> {
    const { identifiers } = this.parts;
    const tags = steps.flatMap(({ names }) => names.map(({ parts, named }) => ({ tag: identifiers.tag(...parts), named })));
    await identifiers.reserveAll(tags);
  }

  private async idsOf(pair: readonly [Who, Who]): Promise<readonly string[]> {
    const { identifiers } = this.parts;
    const tags = pair.map(({ agency, number }) =>
      identifiers.tag(agencyOf(agency).system, agencyOf(agency).personIdType, number),
    );
    return identifiers.reserveAll(tags.map((tag) => ({ tag, named: 'person' as const })));
  }
}

/** Registers the nine agencies, before anything is told, and gives their ids by key. */
const registerAgencies = async (parts: DemoParts, at: number): Promise<Places> => {
  const places = new Map<string, string>();
  const steps: Step[] = [];
  const register = (agency: Agency, command: string, key: string, body: object) =>
    steps.push({
      recordedAt: at + steps.length,
      command: `organizations/${command}`,
      scope: agency.system,
      key: `register-${key}`,
      lane: key,
      names: [],
      body: {
        subject: { record: { authority: agency.system, type: 'demo', value: key } },
        assertedAt: iso(at),
        source: { system: agency.system },
        zone: ZONE,
        ...body,
      },
    });
  for (const agency of AGENCIES as readonly Agency[]) register(agency, 'report-organization', agency.key, { name: agency.name });
  await new Loader(parts, steps.splice(0), false).run((step, answer) => places.set(step.lane, idIn(answer)));
  for (const agency of AGENCIES as readonly Agency[]) {
    const organizationId = places.get(agency.key)!;
    for (const { key, ...facility } of agency.facilities)
      register(agency, 'report-facility', key, { ...facility, ofOrganizationId: organizationId });
    for (const { key, ...program } of agency.programs)
      register(agency, 'report-program', key, { ...program, ofOrganizationId: organizationId });
  }
  const later = steps.map((step) => ({ ...step, recordedAt: step.recordedAt + 1_000 }));
  await new Loader(parts, later, false).run((step, answer) => places.set(step.lane, idIn(answer)));
  return places;
};

const idIn = ({ streamId }: Answer) => streamId.slice(streamId.indexOf('-') + 1);

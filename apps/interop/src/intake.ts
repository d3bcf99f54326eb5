import type { Answer } from '#contracts';
import { Rejection } from '#kernel';
import type { Desk, Door, ImportCommand, ImportResult, ImportSettings, Input, SourceRecord } from './importer.js';
import { Lanes } from './lanes.js';
import type { Progress } from './progress.js';
import type { Report } from './report.js';

interface IntakeParts {
  readonly door: Door;
  readonly report: Report;
  readonly progress: Progress;
  readonly settings: ImportSettings;
  readonly enteredBy: string;
  readonly signal?: AbortSignal;
}
type Commanding = Extract<SourceRecord, { commands: unknown }>;

/** What the door would not take; names fields and reasons, never values. */
class Refusal extends Error {
  constructor(
    readonly reason: string,
    readonly remedy: string,
  ) {
    super(reason);
  }
}

interface ProblemLike {
  readonly details: {
    readonly detail: string;
    readonly remedy?: string;
    readonly errors?: readonly { field: string; message: string }[];
  };
}
const isProblem = (error: unknown): error is ProblemLike =>
  error instanceof Error && typeof (error as Partial<ProblemLike>).details?.detail === 'string';

const refusalOf = (command: string, { details: { detail, remedy, errors = [] } }: ProblemLike): Refusal => {
  const fields = errors.map(({ field, message }) => `${field} ${message}`);
  const mend = 'Mend the record at its source, then import it again.';
  return new Refusal(`${command}: ${fields.join('; ') || detail}`, fields.length > 0 ? mend : (remedy ?? mend));
};

const IN_FLIGHT = 64;

/** Counts, sends and lists the records of an import. */
export class Intake implements Desk {
  private readonly counts = { read: 0, recorded: 0, repeated: 0, ignored: 0, refused: 0, events: 0, implausible: 0 };
  private readonly ignoredKinds = new Map<string, number>();
  private readonly stopped: string[] = [];
  private readonly registered = new Map<string, Promise<Answer>>();
  private readonly lanes = new Lanes(IN_FLIGHT);

  constructor(private readonly parts: IntakeParts) {}

  get settings(): ImportSettings {
    return this.parts.settings;
  }

  /** Absent where the door has no identifier table to ask. */
  get idFor(): Desk['idFor'] {
    const { door } = this.parts;
    return door.idFor?.bind(door);
  }

  async register(command: ImportCommand, scope: string): Promise<string> {
    const { streamId } = await this.send(command, scope, []);
    return streamId.slice(streamId.indexOf('-') + 1);
  }

  async take(records: AsyncIterable<SourceRecord>, input: Input): Promise<void> {
    try {
      for await (const record of records) {
        if (this.parts.signal?.aborted) {
          this.stop(
            `${record.file}, line ${record.line}: the import was stopped. Run it again: what was recorded is not recorded twice.`,
          );
          break;
        }
        await this.takeOne(record);
        this.parts.progress.show({ ...input.progress, read: this.counts.read, refused: this.counts.refused });
      }
    } finally {
      await this.lanes.idle();
    }
  }

  stop(message: string): void {
    this.stopped.push(message);
    this.parts.report.line({ file: '', line: 0, kind: 'input' }, 'stopped', message);
  }

  result(): ImportResult {
    const exitCode = this.stopped.length > 0 ? 1 : this.counts.refused > 0 ? 3 : 0;
    return { ...this.counts, ignoredKinds: Object.fromEntries(this.ignoredKinds), stopped: this.stopped, exitCode };
  }

  private async takeOne(record: SourceRecord): Promise<void> {
    const { report } = this.parts;
    if ('stopped' in record) {
      this.stopped.push(`${record.file}, line ${record.line}: ${record.stopped}. ${record.remedy}`);
      return report.line(record, 'stopped', record.stopped, record.remedy);
    }
    this.counts.read += 1;
    if ('ignored' in record) {
      this.ignore(record.kind);
      return report.line(record, 'ignored', record.ignored);
    }
    if ('refused' in record) return this.refuse(record, record.refused, record.remedy);
    if (record.commands.length === 0) {
      this.ignore(record.kind);
      return report.line(record, 'ignored', 'it says nothing that was not said before it in this file');
    }
    if (record.afterAll) await this.lanes.idle();
    await this.lanes.run(record.lane, () => this.dispatch(record));
  }

  private async dispatch(record: Commanding): Promise<void> {
    const answers: Answer[] = [];
    let refusal: Refusal | undefined;
    for (const command of record.commands) {
      try {
        answers.push(await this.send(command, record.scope, answers));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refusal ??= error;
      }
    }
    this.counts.implausible += record.implausible ?? 0;
    this.count(record, answers, refusal);
  }

  private count(record: Commanding, answers: readonly Answer[], refusal: Refusal | undefined): void {
    const rest = answers.length > 0 ? '; what else the record says was taken' : '';
    if (refusal) this.refuse(record, `${refusal.reason}${rest}`, refusal.remedy);
    else if (answers.some(({ status }) => status === 'recorded')) this.counts.recorded += 1;
    else this.counts.repeated += 1;
  }

  /** Organisations are named by many records: each is sent once, and its answer serves them all. */
  private send(command: ImportCommand, scope: string, answers: readonly Answer[]): Promise<Answer> {
    if (!command.command.startsWith('organizations/')) return this.accept(command, scope, answers);
    const key = JSON.stringify([scope, command.key]);
    const sent = this.registered.get(key) ?? this.accept(command, scope, answers);
    this.registered.set(key, sent);
    return sent;
  }

  private async accept(
    { command, body, key, snapshot = false }: ImportCommand,
    scope: string,
    answers: readonly Answer[],
  ): Promise<Answer> {
    const { door, enteredBy } = this.parts;
    const sent = { scope, idempotencyKey: key, snapshot, enteredBy };
    const whole = typeof body === 'function' ? body(answers) : body;
    const answer = await door.accept(command, whole, sent).catch((error: unknown) => {
      throw isProblem(error) ? refusalOf(command, error) : error;
    });
    if (answer instanceof Rejection) {
      throw new Refusal(`${answer.code}: ${answer.detail ?? 'refused'}`, 'Mend it at the source, or settle it by review.');
    }
    if (answer.status === 'recorded') this.counts.events += answer.events.length;
    return answer;
  }

  private ignore(kind: string): void {
    this.counts.ignored += 1;
    this.ignoredKinds.set(kind, (this.ignoredKinds.get(kind) ?? 0) + 1);
  }
  private refuse(record: SourceRecord, reason: string, remedy: string): void {
    this.counts.refused += 1;
    this.parts.report.line(record, 'refused', reason, remedy);
  }
}

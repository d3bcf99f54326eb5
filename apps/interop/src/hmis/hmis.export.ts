import type { ExternalIdentifier } from '#contracts';
import type { Desk, ImportCommand } from '../importer.js';
import type { HmisFile } from './hmis.columns.js';
import type { Row } from './hmis.row.js';

/** A row that is left out, with the reason: not of a kind that is read. */
export class Ignored {
  constructor(readonly reason: string) {}
}
/** A row that may not come in, or cannot. */
export class Refused {
  constructor(
    readonly reason: string,
    readonly remedy: string,
  ) {}
}

/** What later rows have to know of an enrolment. */
export interface KnownEnrolment {
  readonly projectId: string;
  readonly organizationId: string | undefined;
  readonly projectType: number;
  readonly household: { readonly householdId?: string; readonly relationshipToHoH?: number; readonly cocCode?: string };
}
export interface KnownProject {
  readonly organizationId: string;
  readonly projectType: number;
  readonly register: ImportCommand;
}

/** A row with the file it stands in, and its own id there. */
export interface RowOf {
  readonly file: HmisFile;
  readonly row: Row;
  readonly id: string;
}

/** One export: what its own file says, and what has been read of it so far. */
export class HmisExport {
  readonly organizations = new Map<string, ImportCommand>();
  readonly projects = new Map<string, KnownProject>();
  readonly enrolments = new Map<string, KnownEnrolment>();
  /** Organisations of victim service providers, and their projects, by the export's own ids. */
  readonly victimServices = { organizations: new Set<string>(), projects: new Set<string>() };
  /** Who is in no programme but theirs, and their enrolments. */
  readonly protectedClients = new Set<string>();
  readonly protectedEnrolments = new Set<string>();
  private readonly reserved = new Map<string, Promise<string>>();

  constructor(
    readonly sourceId: string,
    /** Names and numbers are hashes: they stand for nobody in particular. */
    readonly hashed: boolean,
    private readonly desk: Desk,
  ) {}

  /** Whose identifiers these are, and under whom its keys belong. */
  get authority(): string {
    return `hmis:${this.sourceId}`;
  }
  get zone(): string {
    return this.desk.settings.zone;
  }
  get receivedAt(): string {
    return this.desk.settings.receivedAt;
  }

  record(type: string, value: string): ExternalIdentifier {
    return { authority: this.authority, type, value };
  }

  /** The id that stands for a record of the export; undefined where the desk gives out none. */
  idFor(type: string, value: string): Promise<string> | undefined {
    if (!this.desk.idFor) return undefined;
    const key = `${type}|${value}`;
    let id = this.reserved.get(key);
    if (!id) this.reserved.set(key, (id = this.desk.idFor(this.record(type, value))));
    return id;
  }

  async organizationId(id: string): Promise<string | undefined> {
    const register = this.organizations.get(id);
    return register && this.desk.register(register, this.authority);
  }
  async projectId(id: string): Promise<string | undefined> {
    const project = this.projects.get(id);
    return project && this.desk.register(project.register, this.authority);
  }

  /** A command of one row. `record` names the row; what differs between commands of one row is told by the command's name. */
  command(command: string, { file, row, id }: RowOf, body: object): ImportCommand {
    const deleted = row.instant('DateDeleted');
    const assertedAt = deleted ?? row.instant('DateUpdated');
    return {
      command,
      key: `${command}|${file}/${id}|${assertedAt ?? ''}`,
      snapshot: true,
      body: { assertedAt, source: { system: this.authority, record: `${file}/${id}` }, ...body },
    };
  }

  occurred(start: string, basis: string) {
    return { start, zone: this.zone, basis };
  }
}

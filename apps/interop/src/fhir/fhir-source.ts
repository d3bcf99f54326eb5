import { basename, dirname, resolve } from 'node:path';
import type { Desk, ImportCommand, Input } from '../importer.js';
import type { Given } from './fhir-patient.js';
import type { Organization, Reference, Resource } from './fhir-resources.js';

/** A FHIR export as one source: its organisations and locations, and how its resources refer to them. */
export class FhirSource {
  readonly system: string;
  readonly given: Given;
  private readonly places = new Map<string, ImportCommand>();
  private readonly identified = new Map<string, string>();

  constructor(
    input: Input,
    private readonly desk: Desk,
  ) {
    const folder =
      input.files.length === 1 && input.path.endsWith(input.files[0] ?? '') ? dirname(resolve(input.path)) : resolve(input.path);
    this.given = desk.settings;
    this.system = `fhir:${desk.settings.source ?? (basename(folder).replaceAll(/[^\w .-]+/g, '-') || 'export')}`.slice(0, 120);
  }

  /** An Organization or Location as a command; from now on other resources may name it. */
  place(resource: Organization & { readonly id: string }): ImportCommand {
    const { resourceType, id, name } = resource;
    const kind = resourceType === 'Organization' ? 'organization' : 'facility';
    const record = this.record(resourceType, id);
    const command: ImportCommand = {
      command: `organizations/report-${kind}`,
      body: { ...this.origin(resource), subject: { record }, name: (name ?? id).slice(0, 200), localCodes: [record] },
      key: this.key(resource),
      snapshot: true,
    };
    this.places.set(`${resourceType}/${id}`, command);
    for (const { system, value } of resource.identifier ?? []) {
      if (value) this.identified.set(`${resourceType}|${system ?? ''}|${value}`, id);
    }
    return command;
  }

  /** The id of the organisation or facility that a reference names; undefined where the export does not hold it. */
  async placed(type: 'Organization' | 'Location', reference: Reference | undefined): Promise<string | undefined> {
    const id = this.idIn(type, reference);
    const command = id === undefined ? undefined : this.places.get(`${type}/${id}`);
    return command && this.desk.register(command, this.system);
  }

  /** The export itself, for what names no organisation that it holds. */
  itself(): Promise<string> {
    const record = this.record('export', this.system);
    const body = { source: { system: this.system }, subject: { record }, name: this.system, localCodes: [record] };
    return this.desk.register({ command: 'organizations/report-organization', body, key: 'export', snapshot: true }, this.system);
  }

  /** `Patient/1`, `Patient?identifier=system|value`, or a logical reference: the id within this export. */
  idIn(type: string, reference: Reference | undefined): string | undefined {
    const text = String(reference?.reference);
    const direct = new RegExp(`(?:^|/)${type}/([A-Za-z0-9.-]{1,64})(?:/_history/.*)?$`).exec(text)?.[1];
    if (direct !== undefined) return direct;
    const asked = new RegExp(`^${type}\\?identifier=([^|]*)\\|(.+)$`).exec(text);
    return this.idOf(type, asked ? { system: asked[1], value: asked[2] } : reference?.identifier);
  }
  private idOf(
    type: string,
    { system = '', value }: { readonly system?: string | undefined; readonly value?: string | undefined } = {},
  ): string | undefined {
    return value && (this.identified.get(`${type}|${system}|${value}`) ?? value);
  }

  record(type: string, id: string) {
    return { authority: this.system, type, value: id };
  }
  /** Whoever says so, and when: what every body has. */
  origin({ resourceType, id, meta }: Resource) {
    return {
      source: { system: this.system, record: `${resourceType}/${id ?? ''}`.slice(0, 200) },
      assertedAt: instant(meta?.lastUpdated),
    };
  }
  key({ resourceType, id, meta }: Resource): string {
    return `${resourceType}/${id ?? ''}|${instant(meta?.lastUpdated) ?? ''}`;
  }
}

const instant = (text: string | undefined): string | null => {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};

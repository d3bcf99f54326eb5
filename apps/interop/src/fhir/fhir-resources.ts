// What is read of FHIR R4, and no more. Nothing of it is trusted to be there.
export interface Coding {
  readonly system?: string;
  readonly code?: string;
  readonly display?: string;
}
export interface Concept {
  readonly coding?: readonly Coding[];
  readonly text?: string;
}
export interface Identifier {
  readonly system?: string;
  readonly value?: string;
  readonly type?: Concept;
}
export interface Reference {
  readonly reference?: string;
  readonly identifier?: Identifier;
  readonly display?: string;
}
export interface Period {
  readonly start?: string;
  readonly end?: string;
}
interface Extension {
  readonly url: string;
  readonly valueCoding?: Coding;
  readonly extension?: readonly Extension[];
}
export interface Resource {
  readonly resourceType: string;
  readonly id?: string;
  readonly meta?: { readonly lastUpdated?: string };
  readonly identifier?: readonly Identifier[];
}
export interface HumanName {
  readonly use?: string;
  readonly family?: string;
  readonly given?: readonly string[];
  readonly prefix?: readonly string[];
  readonly suffix?: readonly string[];
  readonly text?: string;
}
export interface Address {
  readonly use?: string;
  readonly type?: string;
  readonly line?: readonly string[];
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country?: string;
}
export interface ContactPoint {
  readonly system?: string;
  readonly use?: string;
  readonly value?: string;
}
export interface Patient extends Resource {
  readonly name?: readonly HumanName[];
  readonly birthDate?: string;
  readonly gender?: string;
  readonly extension?: readonly Extension[];
  readonly address?: readonly Address[];
  readonly telecom?: readonly ContactPoint[];
  readonly communication?: readonly { readonly language?: Concept; readonly preferred?: boolean }[];
  readonly deceasedBoolean?: boolean;
  readonly deceasedDateTime?: string;
}
export interface Encounter extends Resource {
  readonly status?: string;
  readonly class?: Coding;
  readonly subject?: Reference;
  readonly period?: Period;
  readonly serviceType?: Concept;
  readonly serviceProvider?: Reference;
  readonly location?: readonly { readonly location?: Reference }[];
  readonly reasonCode?: readonly Concept[];
  readonly hospitalization?: {
    readonly admitSource?: Concept;
    readonly dischargeDisposition?: Concept;
    readonly destination?: Reference;
  };
}
export interface Organization extends Resource {
  readonly name?: string;
  readonly managingOrganization?: Reference;
}
export type { Extension };

import type { AnyEventSpec, Catalogue } from './catalogue.js';
import { FactEvents } from './fact.events.js';
import { HospitalEvents } from './hospital.events.js';
import { HousingEvents } from './housing.events.js';
import { OrganizationsEvents } from './organizations.events.js';
import { PeopleEvents } from './people.events.js';
import { PeerSupportEvents } from './peer-support.events.js';

/** Every context's events: add a new context's catalogue here. */
export const catalogues: readonly Catalogue[] = [
  FactEvents,
  HospitalEvents,
  OrganizationsEvents,
  PeopleEvents,
  HousingEvents,
  PeerSupportEvents,
];

const specs = new Map<string, AnyEventSpec>();
for (const { context, events } of catalogues) {
  for (const [type, spec] of Object.entries(events)) {
    if (specs.has(type))
      throw new Error(`${type} is declared twice, the second time in ${context}: event names are unique over all contexts`);
    specs.set(type, spec);
  }
}

/** The log holds an event that this version of the code does not know: a newer service wrote it. */
export class UnknownEvent extends Error {
  constructor(
    readonly type: string,
    readonly version: number,
    known?: number,
  ) {
    super(
      known === undefined
        ? `The event type ${type} is unknown here; run the version of Throughline that wrote it, or a newer one`
        : `${type} version ${version} is newer than version ${known}, the newest known here; run the version of Throughline that wrote it, or a newer one`,
    );
  }
}

/** What is declared of a type; throws `UnknownEvent`. */
export const specOf = (type: string): AnyEventSpec => {
  const spec = specs.get(type);
  if (!spec) throw new UnknownEvent(type, 0);
  return spec;
};
export const eventTypes = (): readonly string[] => [...specs.keys()];

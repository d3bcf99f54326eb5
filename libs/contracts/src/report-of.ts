import { getMetadataStorage } from 'class-validator';
import { stated, type Class } from '#kernel';
import { DatedReport, Report } from './report.js';

const metadatas = (target: new () => object) => getMetadataStorage().getTargetValidationMetadatas(target, '', false, false);
const fields = new WeakMap<Class<object>, readonly string[]>();

/** The names of a validated class's fields. */
export const fieldsOf = (target: new () => object): readonly string[] => {
  let names = fields.get(target);
  if (!names) fields.set(target, (names = [...new Set(metadatas(target).map(({ propertyName }) => propertyName))]));
  return names;
};

type Reporting<R, P> = new () => R & P;

/** The parent of a command that says, besides what every report carries, just what an event's payload holds (no field of which may be named as one of a report's). */
const carrying =
  <R extends Report>(report: new () => R) =>
  <P extends object>(payload: new () => P): Reporting<R, P> => {
    const taken = fieldsOf(payload).filter((name) => fieldsOf(report).includes(name));
    if (taken.length > 0) throw new Error(`${payload.name} has fields that every report has: ${taken.join(', ')}`);
    const Command = class extends (report as new () => Report) {};
    Object.defineProperty(Command, 'name', { value: `${report.name}Of${payload.name}` });
    for (const metadata of metadatas(payload)) getMetadataStorage().addValidationMetadata({ ...metadata, target: Command });
    for (const name of fieldsOf(payload)) {
      const type: unknown = Reflect.getMetadata('design:type', payload.prototype as object, name);
      Reflect.defineMetadata('design:type', type, Command.prototype, name);
    }
    return Command as unknown as Reporting<R, P>;
  };

/** Of something that happened at some time: the time is asked for. */
export const datedReportOf = carrying(DatedReport);
export const reportOf = carrying(Report);

/** What a command says in the fields of a payload, and nothing else of it. */
export const dataOf = <P extends object>(payload: new () => P, command: Readonly<P>): P =>
  stated(Object.fromEntries(fieldsOf(payload).map((name) => [name, command[name as keyof P]])) as unknown as P);

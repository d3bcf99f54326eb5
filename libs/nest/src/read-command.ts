import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { isStorable, type Report } from '#contracts';
import { Problem, validationProblem, type FieldError } from './problem.js';
import { distance, type CommandClass } from './registry.js';

const DEEPEST = 16;
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const inside = (path: string, key: string | number) =>
  typeof key === 'number' || /^\d+$/.test(key) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;

/** What could not be kept as sent, wherever it stands in a body: before any class looks at it. */
const unfit = (value: unknown, path = '', depth = 0): readonly FieldError[] => {
  if (typeof value === 'string' && !isStorable(value)) {
    const remedy = 'Remove the NUL character or the broken character (lone surrogate) from the text.';
    return [{ field: path, message: 'holds a character that no text may hold', remedy }];
  }
  if (!isObject(value)) return [];
  if (depth > DEEPEST) return [{ field: path, message: `is nested deeper than ${DEEPEST} levels` }];
  return Object.entries(value).flatMap(([key, member]) =>
    RESERVED.has(key) || !isStorable(key)
      ? [{ field: path || 'the body', message: 'holds a member whose name is not allowed' }]
      : unfit(member, inside(path, Array.isArray(value) ? Number(key) : key), depth + 1),
  );
};

/** Class fields that nobody set are own, undefined properties: the whitelist would take them for unknown fields of the body. */
const withoutUnset = <T extends object>(instance: T): T => {
  for (const [key, value] of Object.entries(instance)) {
    if (value === undefined) delete (instance as Record<string, unknown>)[key];
    else if (isObject(value)) withoutUnset(value);
  }
  return instance;
};

const metadataOf = (target: object) => getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false);

const unknownField = (name: string, target: object): Omit<FieldError, 'field'> => {
  const known = [...new Set(metadataOf(target).map(({ propertyName }) => propertyName))];
  const [near] = known.sort((a, b) => distance(a, name) - distance(b, name));
  const close = near !== undefined && distance(near, name) <= Math.max(2, name.length / 3);
  return {
    message: `is not a field of ${target.constructor.name}`,
    remedy: close ? `Did you mean ${near}?` : 'Leave it out.',
  };
};

const saying = ({ property, target, value, constraints = {} }: ValidationError): Omit<FieldError, 'field'> => {
  if ('whitelistValidation' in constraints) return unknownField(property, target ?? {});
  if (value === undefined) return { message: 'is missing', remedy: Object.values(constraints)[0] ?? 'Add it.' };
  if ('nestedValidation' in constraints) return { message: `${property} must be an object` };
  return { message: Object.values(constraints).join('; ') };
};

const flattened = (errors: readonly ValidationError[], path = ''): readonly FieldError[] =>
  errors.flatMap((error) => {
    const field = inside(path, error.property);
    const own = error.constraints ? [{ field, ...saying(error) }] : [];
    return [...own, ...flattened(error.children ?? [], field)];
  });

/** class-validator takes a list where one object is asked for, and one object where a list is. */
const misshapen = (instance: object, path = ''): readonly FieldError[] => {
  const nested = new Set(metadataOf(instance).flatMap((m) => (m.type === 'nestedValidation' ? [m.propertyName] : [])));
  return [...nested].flatMap((name) => {
    const value: unknown = (instance as Json)[name];
    if (!isObject(value)) return [];
    const field = inside(path, name);
    const list = Reflect.getMetadata('design:type', instance, name) === Array;
    if (Array.isArray(value) !== list) return [{ field, message: `${name} must be ${list ? 'a list' : 'one object'}` }];
    const members = Array.isArray(value) ? value : [value];
    return members.flatMap((member: object, at) => misshapen(member, list ? inside(field, at) : field));
  });
};

/** A body as its command: validated, nothing in it that the class does not know. Throws a problem that names every wrong field. */
export const readCommand = <C extends Report>(command: CommandClass<C>, body: unknown): C => {
  if (!isObject(body) || Array.isArray(body)) {
    throw new Problem(400, 'invalid-command', `The body must be one JSON object: the fields of ${command.name}.`);
  }
  const broken = unfit(body);
  if (broken.length > 0) throw validationProblem(broken);
  // The class's own defaults are plain objects too: they go through the same conversion.
  const instance = withoutUnset(plainToInstance(command, { ...withoutUnset(new command()), ...body }));
  const odd = misshapen(instance);
  if (odd.length > 0) throw validationProblem(odd);
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, validationError: { target: true } });
  if (errors.length > 0) {
    // A field that a subclass declares anew is judged twice.
    const once = new Map(flattened(errors).map((error) => [error.field, error]));
    throw validationProblem([...once.values()]);
  }
  return instance;
};

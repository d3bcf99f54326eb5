import { Problem } from './problem.js';

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const SPACE = /[ \t\n\r]*/y;

/**
 * Where a text stops being JSON (an offset in characters), or undefined where it is JSON.
 * `JSON.parse` names no position for most faults and quotes the text instead, which may be about a person.
 */
export const faultOf = (text: string): number | undefined => {
  let at = 0;
  const open: ('{' | '[')[] = [];
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const taken = (character: string) => {
    take(SPACE);
    const found = text[at] === character;
    if (found) at += 1;
    return found;
  };
  /** The name of a member and its colon, where an object is open. */
  const name = () => open.at(-1) !== '{' || (take(SPACE) && take(STRING) && taken(':'));
  /** Closes what ends here and goes on to the next value; true where there is one, false at a fault, undefined at the end. */
  const next = (): boolean | undefined => {
    while (open.length > 0) {
      if (taken(',')) return name();
      if (!taken(open.at(-1) === '{' ? '}' : ']')) return false;
      open.pop();
    }
    return take(SPACE) && at === text.length ? undefined : false;
  };
  const enter = (bracket: '{' | '[') => {
    open.push(bracket);
    const empty = taken(bracket === '{' ? '}' : ']');
    if (empty) open.pop();
    return empty ? next() : name();
  };
  let more: boolean | undefined = true;
  while (more) {
    if (taken('{')) more = enter('{');
    else if (taken('[')) more = enter('[');
    else more = take(STRING) || take(SCALAR) ? next() : false;
  }
  return more === undefined ? undefined : at;
};

const place = (text: string, position: number) => {
  const before = text.slice(0, position).split('\n');
  return { position, line: before.length, column: before.at(-1)!.length + 1 };
};

/** The value of a request's bytes; throws a problem that names the place where they stop being UTF-8 or JSON. */
export const parseJson = (bytes: Uint8Array): unknown => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem(400, 'malformed-text', 'The body is not UTF-8.', { remedy: 'Send JSON encoded as UTF-8.' });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const at = place(text, faultOf(text) ?? text.length);
    const end = at.position === text.length ? 'ends too early' : 'stops being JSON';
    const detail = `The body ${end} at line ${at.line}, column ${at.column} (character ${at.position}).`;
    throw new Problem(400, 'malformed-json', detail, { remedy: 'Send one JSON object.', at });
  }
};

/** The same value always as the same text: object members sorted by name. */
export const canonical = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
};

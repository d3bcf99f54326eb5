import { Hl7Message } from '@medplum/core';

/** `""` in a field: the source says that it is empty, which an absent value does not. */
export const CLEARED = '""';

/** Which component, subcomponent (1, 2 …) and repetition (0, 1 …) of a field, in which segment of that name (0, 1 …). */
interface At {
  readonly component?: number;
  readonly part?: number;
  readonly repetition?: number;
  readonly nth?: number;
}

/** One message, read with its own delimiters (MSH-1 and MSH-2): texts come out unescaped. */
export class Message {
  private readonly parsed: Hl7Message;
  private readonly escape: string;
  private readonly escapes: Readonly<Record<string, string>>;

  /** Lines are segments, the first of them MSH. */
  constructor(segments: readonly string[]) {
    const { field, component, repetition, escape, subcomponent } = delimitersIn(segments[0] ?? '');
    this.escape = escape;
    this.escapes = { F: field, S: component, R: repetition, E: escape, T: subcomponent };
    this.parsed = Hl7Message.parse(segments.join('\r'));
  }

  has(segment: string): boolean {
    return this.parsed.getSegment(segment) !== undefined;
  }
  count(segment: string): number {
    return this.parsed.getAllSegments(segment).length;
  }
  /** Of the n-th such segment; undefined where nothing, or `""`, was sent. */
  text(segment: string, field: number, { component = 1, part = 1, repetition = 0, nth = 0 }: At = {}): string | undefined {
    const raw = this.fieldIn(segment, field, nth)?.getComponent(component, part - 1, repetition);
    return raw ? valueOf(this.unescaped(raw)) : undefined;
  }
  /** Whether a field was sent as `""`: the source says that it is empty. */
  cleared(segment: string, field: number): boolean {
    return this.parsed.getSegment(segment)?.getField(field)?.toString().trim() === CLEARED;
  }
  repetitions(segment: string, field: number, nth = 0): readonly number[] {
    const components = this.parsed.getAllSegments(segment)[nth]?.getField(field)?.components ?? [];
    return components.map((_, i) => i);
  }

  private fieldIn(segment: string, field: number, nth: number) {
    return this.parsed.getAllSegments(segment)[nth]?.getField(field);
  }
  private unescaped(text: string): string {
    if (this.escape === '' || !text.includes(this.escape)) return text;
    const parts = text.split(this.escape);
    // Between two escape characters stands a code; an unpaired one stands for itself.
    return parts
      .map((part, i) => {
        if (i % 2 === 0) return part;
        if (i === parts.length - 1) return this.escape + part;
        return this.escapes[part] ?? (part === '.br' ? '\n' : hex(part));
      })
      .join('');
  }
}

const valueOf = (text: string): string | undefined => {
  const value = text.trim();
  return value === '' || value === CLEARED ? undefined : value;
};

/** MSH-2 may be shorter than four characters: what it leaves out is not used, or is the usual one. */
const delimitersIn = (head: string) => {
  const field = head.charAt(3) || '|';
  const [component = '^', repetition = '~', escape = '', subcomponent = '&'] = head.slice(4, 8).split(field)[0] ?? '';
  return { field, component, repetition, escape, subcomponent };
};

const hex = (code: string) =>
  /^X([0-9A-Fa-f]{2})+$/.test(code) ? Buffer.from(code.slice(1), 'hex').toString('latin1').replaceAll('\0', '') : '';

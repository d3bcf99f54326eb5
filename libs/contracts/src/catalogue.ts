import 'reflect-metadata';
import type { Erased, Label } from '#kernel';

/** One event type: everything the platform has to know about it stands here and nowhere else. */
export interface EventSpec<P extends object = object, O extends string = string> {
  /** Current payload shape; its class-validator decorators are the wire schema. */
  readonly payload: new () => P;
  /** Bump on a breaking change of the payload, and add the matching upcast. */
  readonly version: number;
  /** From the version named to the next one; given the opened payload. */
  readonly upcast?: Readonly<Record<number, (old: never) => object>>;
  /** A reader needs all of them. A function where the data decide: a medical stay is not labelled psychiatric. */
  readonly labels: readonly Label[] | ((data: P) => readonly Label[]);
  /** Labels of single fields that tell more than the event does. */
  readonly fieldLabels?: Readonly<Partial<Record<keyof P & string, readonly Label[]>>>;
  /** The only fields stored unencrypted: code-list values, dates, counts, ids of organisations, places and other records. */
  readonly open: readonly O[];
  /** One sentence for the reference: what it means that this was recorded. */
  readonly means: string;
}

/** Declares one event of a payload class; `open` can only name its fields. */
export const event = <P extends object, const O extends keyof P & string = never>(
  payload: new () => P,
  spec: Omit<EventSpec<P, O>, 'payload' | 'version' | 'open'> & { readonly version?: number; readonly open: readonly O[] },
): EventSpec<P, O> => ({ version: 1, ...spec, payload });

/** A spec whose payload type is not known: what the codec and the generators read. */
export interface AnyEventSpec {
  readonly payload: new () => object;
  readonly version: number;
  readonly upcast?: Readonly<Record<number, (old: never) => object>>;
  readonly labels: readonly Label[] | ((data: never) => readonly Label[]);
  readonly fieldLabels?: Readonly<Record<string, readonly Label[] | undefined>>;
  readonly open: readonly string[];
  readonly means: string;
}
export interface Catalogue {
  readonly context: string;
  readonly events: Readonly<Record<string, AnyEventSpec>>;
  /** No person stands in any of its streams: names of organisations may be open. */
  readonly personless?: boolean;
}

/** Declares events of one context; the keys are the stored type names and are never changed or deleted. */
export const defineEvents = <const M extends Readonly<Record<string, AnyEventSpec>>>(
  context: string,
  events: M,
  { personless = false }: { readonly personless?: boolean } = {},
) => ({ context, events, personless });

type Opened<P, O> = { readonly [K in keyof P]: K extends O ? P[K] : P[K] | Erased };

/** The union of a catalogue's events, opened: a sealed field reads as its value, or as erased. */
export type EventOf<C extends { readonly events: object }> = {
  [T in keyof C['events'] & string]: C['events'][T] extends EventSpec<infer P, infer O>
    ? { readonly type: T; readonly data: Opened<P, O> }
    : never;
}[keyof C['events'] & string];

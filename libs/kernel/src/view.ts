import type { AnyEvent, Envelope } from './envelope.js';

/** One value, or nothing, for every event type of `E`: a type left out does not compile. */
export type Rows<E extends AnyEvent, Row> = {
  readonly [T in E['type']]: ((data: Extract<E, { type: T }>['data'], by: Envelope) => Row | undefined) | typeof hidden;
};
export const hidden: unique symbol = Symbol('not shown in this view');

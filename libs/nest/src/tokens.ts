import type { Request } from 'express';

export const POSITIONS = Symbol('positions of the views');
export const SENDER = Symbol('who sends a request');

/** Whose keys a request's idempotency key belongs to, and who is on record as having entered it. */
export type Sender = (request: Request) => { readonly scope: string; readonly enteredBy: string };

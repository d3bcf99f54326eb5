import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { Problem } from './problem.js';

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;
// Of one shape only: it is kept in the open, where no number of a source may stand.
const CORRELATION = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export const isLoopback = (host: string) => LOOPBACK.has(host) || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

type Middleware = (request: Request, response: Response, next: NextFunction) => void;

/** Headers for browsers, and the id by which one request is followed through logs and events. */
export const headers: Middleware = (request, response, next) => {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  const sent = request.get('X-Correlation-Id');
  response.setHeader('X-Correlation-Id', sent !== undefined && CORRELATION.test(sent) ? sent : randomUUID());
  next();
};

/** A page elsewhere can make a browser ask here under its own name (DNS rebinding): only names of this machine are answered. */
export const onlyForLoopback: Middleware = (request, _, next) => {
  const name = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(request.headers.host ?? '')?.[1]?.toLowerCase();
  if (name !== undefined && isLoopback(name)) return next();
  next(
    new Problem(421, 'misdirected-request', 'This service answers only on this machine, under localhost or 127.0.0.1.', {
      remedy: 'Ask for http://localhost, with the port that was printed at start.',
    }),
  );
};

/** One line per request: method, route (never the address, which may name a person), status, time, correlation. */
export const logged =
  (log: Logger): Middleware =>
  (request, response, next) => {
    const start = performance.now();
    response.once('finish', () => {
      const route = String((request.route as { path?: unknown } | undefined)?.path ?? 'none');
      const ms = Math.round((performance.now() - start) * 10) / 10;
      const correlationId = response.getHeader('X-Correlation-Id');
      log.info({ method: request.method, route, status: response.statusCode, ms, correlationId });
    });
    next();
  };

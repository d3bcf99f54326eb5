import { expect, test } from '@jest/globals';
import type { Report } from '#contracts';
import { inAnyOrder, spec } from '#kernel/testing';
import { ReportVoucherExpired, ReportVoucherExtended, ReportVoucherIssued, ReportVoucherPortedOut } from './voucher.commands.js';
import { voucher } from './voucher.decider.js';

const { given } = spec(voucher);
const said = <C extends Report>(command: C, day: number, more: Partial<C> = {}, start = '2026-03-01') =>
  Object.assign(command, {
    occurred: { start, precision: 'day', zone: 'America/Detroit', basis: 'entered' } as const,
    assertedAt: `2026-03-${String(day).padStart(2, '0')}T12:00:00.000Z`,
    source: { system: 'housing-authority' },
    ...more,
  });
const extended = (day: number, start: string, expiresOn: string) => said(new ReportVoucherExtended(), day, { expiresOn }, start);

test('a voucher is issued until a day, with its number sealed beside it', () =>
  given()
    .when(said(new ReportVoucherIssued(), 1, { subsidyType: 433, bedrooms: 1, expiresOn: '2026-06-30', ref: 'V-17' }))
    .then({ type: 'VoucherIssued', data: { subsidyType: 433, bedrooms: 1, expiresOn: '2026-06-30', ref: 'V-17' } }));
test('two extensions are two facts, and neither supersedes the other', () =>
  given()
    .when(extended(2, '2026-06-01', '2026-08-31'), extended(3, '2026-08-01', '2026-10-31'))
    .thenState(({ extensions }) => expect(extensions.map(({ by }) => by.supersedes)).toEqual([undefined, undefined])));
test('an extension that was put right supersedes the wrong one of that day', () =>
  given()
    .when(extended(2, '2026-06-01', '2026-08-31'), extended(3, '2026-06-01', '2026-09-30'))
    .thenState(({ extensions }) => expect(extensions[1]?.by.supersedes?.eventId).toBe(extensions[0]?.by.id)));
test('an expiry may be reported before the issue', () =>
  given().when(said(new ReportVoucherExpired(), 9)).then({ type: 'VoucherExpired', data: {} }));

test('statements in any order give the same voucher, and a second pass records nothing', () =>
  inAnyOrder(voucher, [
    (day) => said(new ReportVoucherIssued(), day, { bedrooms: 1 }),
    (day) => said(new ReportVoucherIssued(), day, { bedrooms: 2 }),
    (day) => extended(day, '2026-06-01', '2026-08-31'),
    (day) => extended(day, '2026-06-01', '2026-09-30'),
    (day) => said(new ReportVoucherPortedOut(), day),
  ]));

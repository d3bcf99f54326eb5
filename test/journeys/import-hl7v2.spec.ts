import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { LogUnavailable } from '#event-store';
import { fold, standing, standingUnless } from '#kernel';
import { visit } from '../../apps/hospital/src/visit/visit.decider.js';
import { doorOf } from '../../apps/interop/src/door.js';
import type { Door } from '../../apps/interop/src/importer.js';
import { adt, file, hl7, importing, sample } from './import-files.js';

const taken = async (...messages: readonly string[]) => {
  const log = importing();
  const result = await log.take([await file('in.hl7', hl7(...messages))]);
  const events = await log.all();
  const ids = [...new Set(events.map(({ streamId }) => streamId).filter((id) => id.startsWith('visit-')))];
  const visits = ids.map((id) => fold(visit, events.filter(({ streamId }) => streamId === id)));
  return { ...log, result, events, visits };
}; // prettier-ignore
const count = (events: readonly { type: string }[], type: string) => events.filter((event) => event.type === type).length;

test.each([
  ['A01', { start: '20260305150000' }, 'HospitalAdmitted'],
  ['A01', { class: 'E' }, 'EdVisitStarted'],
  ['A02', { happened: '202603051500' }, 'UnitTransferred'],
  ['A03', { end: '20260305150000', disposition: '01' }, 'VisitEnded'],
  ['A04', { class: 'E' }, 'EdVisitStarted'],
  ['A04', { class: 'O' }, 'VisitClassChanged'],
  ['A05', { class: 'P' }, 'VisitPlanned'],
  ['A06', {}, 'HospitalAdmitted'],
  ['A07', { class: 'O' }, 'VisitClassChanged'],
  ['A08', { start: '20260305150000' }, 'HospitalAdmitted'],
  ['A11', {}, 'AdmissionCancelled'],
  ['A13', {}, 'DischargeCancelled'],
  ['A28', {}, 'PersonRegistered'],
  ['A31', {}, 'PersonRegistered'],
  ['A34', { mrg: '1002^^^GEN^MR' }, 'RecordsLinked'],
  ['A40', { mrg: '1002^^^GEN^MR' }, 'RecordsLinked'],
])('%s of class %j is recorded as %s', async (trigger, more, type) => {
  const { result, events } = await taken(adt(trigger, more));
  expect(result).toMatchObject({ read: 1, recorded: 1, refused: 0, exitCode: 0 });
  expect(count(events, type)).toBe(1);
  expect(count(events, 'PersonRegistered')).toBeGreaterThan(0);
});

test('the trigger is what MSH-9 says, whatever EVN-1 says, and the time what PV1-44 says', async () => {
  const { events } = await taken(adt('A01', { start: '20260301120000', happened: '20260302' }));
  const admitted = events.find(({ type }) => type === 'HospitalAdmitted');
  expect(admitted?.occurred).toMatchObject({ start: '2026-03-01T12:00:00', zone: 'America/Detroit', basis: 'PV1-44' });
  expect(admitted?.assertedAt).toBe('2026-03-05T21:00:00.000Z');
  expect(admitted?.data).toMatchObject({ levelOfCare: 'acute-psychiatric', levelOfCareBasis: 'service', serviceCode: 'PSY' });
});
test('an A13 after an A03 opens the same stay again, in whichever order they come', async () => {
  const messages = [adt('A01'), adt('A03', { at: '20260306160000' }), adt('A13', { at: '20260306170000' })];
  for (const order of [messages, messages.toReversed()]) {
    const { visits } = await taken(...order);
    expect(visits).toHaveLength(1);
    expect(standingUnless(visits[0]!.end, visits[0]!.endCancelled)).toBeUndefined();
    expect(standing(visits[0]!.admission)).toBeDefined();
  }
});
test('an A08 that changes nothing confirms the visit, and one with another time corrects it', async () => {
  const start = { start: '20260305150000' };
  const same = await taken(adt('A01', start), adt('A08', { ...start, at: '20260306160000' }));
  expect(count(same.events, 'FactConfirmed')).toBe(1);
  const other = await taken(adt('A01', start), adt('A08', { start: '20260305143000', at: '20260306160000' }));
  expect(count(other.events, 'VisitTimesCorrected')).toBe(1);
});
test('an A45 moves the visit to the person in PID', async () => {
  const { result, events } = await taken(
    adt('A01', { mrn: '1002' }),
    adt('A45', { mrn: '1001', at: '20260306160000', mrg: '1002^^^GEN^MR||||V1^^^GEN^VN' }),
  );
  expect(result).toMatchObject({ recorded: 2, refused: 0 });
  expect(count(events, 'VisitMovedHere')).toBe(1);
  expect(count(events, 'VisitMovedAway')).toBe(1);
  expect(count(events, 'HospitalAdmitted')).toBe(2);
});
test('an A06 under a new number says what the old visit goes on as', async () => {
  const { result, events } = await taken(
    adt('A04', { class: 'E', visit: 'E1' }),
    adt('A06', { visit: 'I1', at: '20260306160000', mrg: '1001^^^GEN^MR||||E1^^^GEN^VN' }),
  );
  expect(result.refused).toBe(0);
  const admitted = events.find(({ type }) => type === 'HospitalAdmitted')?.streamId;
  expect(events.find(({ type }) => type === 'VisitContinuedAs')?.data).toMatchObject({
    toVisitId: admitted?.slice('visit-'.length),
  });
});
test('a date that lies ahead is recorded as sent, marked, and counted', async () => {
  const { result, events } = await taken(adt('A01', { start: '20290801070624+0115' }));
  expect(result.implausible).toBe(1);
  expect(events.find(({ type }) => type === 'HospitalAdmitted')?.occurred).toMatchObject({
    start: '2029-08-01T07:06:24',
    offset: '+01:15',
    implausible: true,
  });
});
test('a message given again, in the same file or later, records nothing', async () => {
  const log = importing();
  const one = adt('A01', { control: 'SAME' });
  const path = await file('in.hl7', hl7(one, one));
  expect(await log.take([path])).toMatchObject({ read: 2, recorded: 1, repeated: 1 });
  const before = (await log.all()).length;
  expect(await log.take([path], { receivedAt: '2027-01-01T00:00:00.000Z' })).toMatchObject({
    recorded: 0,
    repeated: 2,
    events: 0,
  });
  expect((await log.all()).length).toBe(before);
});
test('the same control id with other content is refused', async () => {
  const { result } = await taken(adt('A01', { control: 'X' }), adt('A01', { control: 'X', start: '20260101' }));
  expect(result).toMatchObject({ recorded: 1, refused: 1, exitCode: 3 });
  expect(result.listed[0]?.[4]).toContain('idempotency-key-reused');
});
test('two facilities may use the same visit number', async () => {
  const other = adt('A01', { mrn: '1001' }).replaceAll('^^^GEN^', '^^^WEST^');
  expect((await taken(adt('A01'), other)).visits).toHaveLength(2);
});

test('bad messages are listed with their line and the remedy, and their neighbours are kept', async () => {
  const bad = [
    adt('A01').replace(/\rPID[^\r]*/, ''),
    adt('A03').replace(/\rPV1[^\r]*/, ''),
    adt('A01').replace('1001^^^GEN^MR', ''),
    adt('A03', { visit: '' }),
    adt('A01').replace('ADT^A01^ADT_A01', ''),
    adt('A01').replace(/\|C\d+\|P/, '||P'),
  ];
  const { result } = await taken(adt('A01', { visit: 'first' }), ...bad, adt('A01', { visit: 'last' }), 'MSH|^~\\&|APP|GENERAL|||20260305||ORU^R01|9|P|2.5');
  expect(result).toMatchObject({ read: 9, recorded: 2, refused: 6, ignored: 1, ignoredKinds: { 'ORU^R01': 1 }, exitCode: 3 });
  expect(result.listed.map(([, line, , verdict]) => `${line} ${verdict}`)).toEqual([
    '6 refused', '10 refused', '14 refused', '19 refused', '24 refused', '29 refused', '39 ignored',
  ]);
  expect(result.listed.every(([, , , verdict, reason, remedy]) => reason && (verdict === 'ignored' || remedy))).toBe(true);
}); // prettier-ignore

test('the report holds no name, number or address of anyone', async () => {
  const planted = { name: 'PLANTED^NAME', mrn: 'PLANTEDMRN', visit: 'PLANTEDVISIT' };
  const { result } = await taken(
    adt('A01', { ...planted, control: 'PLANTEDCONTROL' }),
    adt('A01', { ...planted, control: 'PLANTEDCONTROL', start: '20260101' }),
    adt('A03', { ...planted, visit: '' }),
    adt('A99', planted),
    adt('A01', planted).replace('ADT^A01^ADT_A01', 'PLANTED^TYPE'),
    adt('A01', { ...planted, visit: 'PLANTED VISIT', mrn: '9'.repeat(300) }),
    'PLANTED TEXT BETWEEN MESSAGES',
  );
  expect(result.refused + result.ignored).toBeGreaterThanOrEqual(3);
  expect(result.text).not.toMatch(/planted|9{20}/i);
});

test('a file that is cut off keeps what came before, says where, and fails', async () => {
  const whole = hl7(adt('A01', { visit: 'V1' }), adt('A01', { visit: 'V2' }), adt('A01', { visit: 'V3' }));
  const cutText = await file('cut.hl7', whole.slice(0, -30));
  expect(await importing().take([cutText])).toMatchObject({ recorded: 2, exitCode: 1, stopped: [expect.stringMatching(/cut.hl7, line 11/)] });
  const many = Array.from({ length: 400 }, (_, i) => adt('A01', { visit: `V${i}`, name: `N${Math.sin(i)}` }));
  const zipped = gzipSync(hl7(...many));
  const cutGzip = await file('cut.gz', zipped.subarray(0, zipped.length / 2));
  const log = importing();
  const half = await log.take([cutGzip]);
  expect(half).toMatchObject({ exitCode: 1, refused: 0, stopped: [expect.stringMatching(/the gzip file ends too early/)] });
  expect(half.recorded).toBeGreaterThan(50);
  const again = await log.take([await file('whole.gz', zipped)]);
  expect(again).toMatchObject({ read: 400, exitCode: 0, repeated: half.recorded, recorded: 400 - half.recorded });
}); // prettier-ignore
test('a batch without its trailer was cut off', async () => {
  const batch = (trailer: string) => `BHS|^~\\&|APP|GENERAL\r${adt('A01')}\r${trailer}`;
  expect((await importing().take([await file('b.hl7', batch('BTS|1\r'))])).exitCode).toBe(0);
  expect((await importing().take([await file('b.hl7', batch(''))])).stopped[0]).toMatch(/before the BTS/);
});
test.each([
  ['empty.hl7', '', 'is empty'],
  ['some.pdf', Buffer.from([0x25, 0x50, 0x44, 0x46, 0, 1, 2, 3]), 'is a binary file'],
  ['letter.txt', 'Dear Jane,\n', 'is of a kind that is not known'],
  ['table.csv', 'a,b\n1,2\n', 'is of a kind that is not known'],
])('%s cannot be imported, and the message says why', async (name, content, why) => {
  const result = await importing().take([await file(name, content)]);
  expect(result).toMatchObject({ read: 0, exitCode: 1 });
  expect(result.stopped[0]).toContain(why);
});
test('an input that is not there is told, and the others are imported', async () => {
  const result = await importing().take(['/nowhere/at-all.hl7', await file('in.hl7', hl7(adt('A01')))]);
  expect(result).toMatchObject({ recorded: 1, exitCode: 1, stopped: [expect.stringContaining('does not exist')] });
});
test('MLLP framing, LF and CRLF, and blank lines between segments are all the same message', async () => {
  const lines = adt('A01', { control: 'same' }).split('\r');
  const log = importing();
  const forms = [lines.join('\n'), `${lines.join('\r\n\r\n')}\r\n`, `\u000b${lines.join('\r')}\r\u001c\r`];
  for (const [i, form] of forms.entries()) {
    expect(await log.take([await file('in.hl7', form)])).toMatchObject({ read: 1, recorded: i === 0 ? 1 : 0, refused: 0 });
  }
});

test('a thousand messages of a simulated hospital are imported once', async () => {
  const path = sample('hl7v2-simhospital/messages.out.gz');
  if (!path) return;
  const log = importing();
  const first = await log.take([path]);
  expect(first).toMatchObject({ read: 1013, recorded: 401, ignored: 612, refused: 0, exitCode: 0 });
  const before = (await log.all()).length;
  expect(await log.take([path])).toMatchObject({ read: 1013, recorded: 0, repeated: 401, events: 0, exitCode: 0 });
  expect((await log.all()).length).toBe(before);
}, 60_000);
test('one message of each of many trigger events is taken, or ignored by name', async () => {
  const path = sample('hl7v2-adt-fhirconverter/messages');
  if (!path) return;
  const log = importing();
  const first = await log.take([path], { receivedAt: '2026-11-01T00:00:00.000Z' });
  expect(first).toMatchObject({ read: 35, ignored: 21 });
  expect(first.implausible).toBeGreaterThan(5);
  expect(first.refused).toBe(0);
  expect(await log.take([path])).toMatchObject({ recorded: 0, events: 0 });
}, 60_000);
test('batches, odd delimiters and both line ends are read', async () => {
  const path = sample('hl7v2-edge-cases');
  if (!path) return;
  expect(await importing().take([path])).toMatchObject({ read: 7, ignored: 1, refused: 2, stopped: [] });
});
test('a database that goes away in the middle stops the import with its summary, and the same file then brings the rest', async () => {
  const log = importing();
  const path = await file('in.hl7', hl7(...['1', '2', '3', '4'].map((visit) => adt('A01', { visit }))));
  const { door, registry, identifiers } = log;
  const whole = doorOf(door, registry, identifiers);
  let left = 3;
  const failing: Door = {
    ...whole,
    accept: (...told) => (left-- > 0 ? whole.accept(...told) : Promise.reject(new LogUnavailable('The log cannot be reached'))),
  };
  const first = await log.take([path], { door: failing });
  expect(first).toMatchObject({ exitCode: 1, refused: 0 });
  expect(first.stopped[0]).toContain('The log cannot be reached. Run it again');
  const again = await log.take([path]);
  expect(again).toMatchObject({ read: 4, refused: 0, exitCode: 0, recorded: 4 - first.recorded });
});
test('of a message with one bad field the good rest is recorded, and the report says so and how to mend it', async () => {
  const log = importing();
  const { listed, ...result } = await log.take([await file('in.hl7', hl7(adt('A01', { name: 'DOE^JA\u0000NE' })))]);
  expect(result).toMatchObject({ read: 1, recorded: 0, refused: 1, exitCode: 3 });
  expect(await log.types()).toContain('HospitalAdmitted');
  expect(listed[0]?.[4]).toMatch(/holds a character that no text may hold; what else the record says was taken$/);
  expect(listed[0]?.[5]).toBe('Mend the record at its source, then import it again.');
});

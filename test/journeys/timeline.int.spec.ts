import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import type { SearchView, TimelineView, WhyView } from '#contracts';
import { composed, type Composed } from './composed.js';

let service: Composed;
beforeAll(async () => void (service = await composed()), 30_000);
afterAll(() => service.end());

const FACILITY = '6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9a0001';
const rosa = { identifier: { authority: 'st-marys', type: 'MR', value: 'canary-mrn-4711' } };
const rosaElsewhere = { identifier: { authority: 'hmis:DEMO', type: 'PersonalID', value: 'P-77' } };
const visit = { record: { authority: 'st-marys', type: 'VN', value: 'V-1' } };
const source = { system: 'hospital:st-marys' };

let cursor = '';
let personId = '';
const post = async (command: string, body: object) => {
  const { body: answer, status } = await service.post(command, body);
  expect([status, answer]).toEqual([expect.any(Number), expect.objectContaining({ cursor: expect.any(String) })]);
  cursor = (answer as { cursor: string }).cursor;
  return answer as { readonly personId: string; readonly streamId: string; readonly events: readonly { readonly id: string }[] };
};
const get = async <T>(address: string): Promise<T> => {
  const { body, status } = await service.get(`${address}${address.includes('?') ? '&' : '?'}after=${cursor}`);
  expect([status, body]).toEqual([200, expect.anything()]);
  return body as T;
};
const timeline = (id = personId, knownOn = '') =>
  get<TimelineView>(`/consumers/${id}/timeline${knownOn && `?knownOn=${knownOn}`}`);
const search = (text: string) => get<SearchView>(`/consumers?search=${encodeURIComponent(text)}`);
const titles = ({ lanes }: TimelineView) => lanes.flatMap(({ items }) => items.map(({ title }) => title));

test('a consumer is found by any part of her name, whatever the accents', async () => {
  const told = await post('people/report-person-details', {
    person: rosa, source, identityLevel: 'named', birthDate: '1992-05-01',
    names: [{ use: 'usual', given: 'Rosalía', family: 'Canaryfeather' }],
  }); // prettier-ignore
  personId = told.personId;
  for (const text of ['rosalia', 'FEATHER', 'ros cana', 'r', '1992', 'canaryfeather rosa'])
    expect((await search(text)).found.map(({ name }) => name)).toEqual(['Rosalía Canaryfeather']);
  for (const text of ['rosb', 'x', 'feather 1991']) expect((await search(text)).found).toEqual([]);
  expect((await search('')).found.map((found) => found.personId)).toEqual([personId]);
});

test('her stay, the contact after it and the clock that it met stand on her timeline', async () => {
  await post('hospital/report-admission', { person: rosa, subject: visit, source, occurred: { start: '2026-03-01T16:00' }, facilityId: FACILITY, levelOfCare: 'acute-psychiatric', visitNumber: 'canary-visit', assertedAt: '2026-03-01T21:05:00.000Z' }); // prettier-ignore
  await post('hospital/report-visit-end', { person: rosa, subject: visit, source, occurred: { start: '2026-03-06T16:00' }, disposition: 'home', assertedAt: '2026-03-06T21:05:00.000Z' }); // prettier-ignore
  await post('peer-support/report-peer-contact', { person: { personId }, occurred: { start: '2026-03-08T10:00' }, method: 'in-person', setting: 'home', note: 'canary-note', initiatedBy: 'peer-supporter' }); // prettier-ignore
  const view = await timeline();
  expect(titles(view)).toEqual(['Psychiatric stay', 'Contact with a peer, in person']);
  expect(view.gaps.map(({ state, days }) => [state, days])).toEqual([['met', 2]]);
  expect([view.name, view.born, view.records.length]).toEqual(['Rosalía Canaryfeather', '1992-05-01', 1]);
  expect(view.steps.length).toBeGreaterThanOrEqual(3);
});

test('why opens what was sealed, and names rule, events and clocks', async () => {
  const view = await timeline();
  const why = await get<WhyView>(`/consumers/${personId}/why/${encodeURIComponent(view.gaps[0]!.id)}`);
  expect(why.rule).toMatchObject({ id: 'first-contact-after-leaving', version: 1 });
  expect(why.events.map(({ type }) => type)).toEqual(['HospitalAdmitted', 'VisitEnded', 'PeerContactMade']);
  const [admission, , contact] = why.events;
  expect(admission?.fields).toContainEqual({ name: 'visitNumber', value: 'canary-visit', sealed: true });
  expect(contact?.fields).toContainEqual({ name: 'note', value: 'canary-note', sealed: true });
  expect(admission).toMatchObject({
    assertedAt: '2026-03-01T21:05:00.000Z',
    position: expect.any(Number),
    source: 'hospital:st-marys',
  });
});

test('before anything was recorded nothing was known, and a question that cannot be read is refused with the remedy', async () => {
  expect(titles(await timeline(personId, '2020-01-01'))).toEqual([]);
  const { status, body } = await service.get(`/consumers/${personId}/timeline?knownOn=yesterday`);
  expect([status, body]).toEqual([
    400,
    expect.objectContaining({ field: 'knownOn', remedy: expect.stringContaining('2026-03-05') }),
  ]);
  expect((await service.get('/consumers/6f1f3c39-6f6b-4ad6-9d8c-3a1c7e9affff/timeline')).status).toBe(404);
});

test('linked records are one consumer, and an un-link parts them again', async () => {
  const other = await post('people/report-person-details', { person: rosaElsewhere, source: { system: 'hmis:DEMO' }, identityLevel: 'named', names: [{ use: 'usual', given: 'Rosa', family: 'Canaryfeather' }] }); // prettier-ignore
  const personIds = [personId, other.personId].sort();
  await post('people/link-records', { personIds, basis: 'reviewer' });
  expect((await search('canaryf')).found).toMatchObject([{ records: 2 }]);
  expect(titles(await timeline(other.personId))).toEqual(titles(await timeline()));
  await post('people/unlink-records', { personIds, reason: 'not-the-same-person' });
  expect((await search('canaryf')).found).toHaveLength(2);
  expect(titles(await timeline(other.personId))).toEqual([]);
});

test('who has a timeline open is told of what changes, from where the stream was left', async () => {
  const address = (service.app.getHttpServer().address() as { port: number }).port;
  const listen = async (last?: string) => {
    const stop = new AbortController();
    const response = await fetch(`http://127.0.0.1:${address}/consumers/${personId}/timeline/stream`, {
      signal: stop.signal,
      ...(last && { headers: { 'Last-Event-ID': last } }),
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (pattern: RegExp) => {
      while (!pattern.test(text)) text += (await reader.read()).value ?? '';
      return pattern.exec(text)!;
    };
    return { until, close: () => stop.abort() };
  };
  const first = await listen();
  const [, left] = await first.until(/id: (\S+)\nevent: open\n/);
  await post('peer-support/report-peer-contact', { person: { personId }, occurred: { start: '2026-03-09T10:00' }, method: 'phone', setting: 'home', initiatedBy: 'peer-supporter' }); // prettier-ignore
  const [, id] = await first.until(/id: (\S+)\nevent: changed\n/);
  expect(id).toBe(cursor);
  first.close();
  const again = await listen(left);
  await again.until(/event: changed\n/);
  again.close();
});

test('every reading is on record, without a name', async () => {
  const client = new pg.Client({ connectionString: service.options.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ what: string }>(
    'select what, reader, purpose, persons::text, position from access.reads',
  );
  await client.end();
  expect(new Set(rows.map(({ what }) => what))).toEqual(new Set(['search', 'timeline', 'why', 'stream']));
  expect(JSON.stringify(rows)).not.toMatch(/canary|Rosa/i);
});

test('once she is erased nobody finds her, her timeline says so, and no table of a view holds her', async () => {
  const before = await timeline();
  const item = before.lanes[0]!.items[0]!.id;
  await post('people/erase-person', { person: { personId } });
  expect((await search('rosalia')).found).toEqual([]);
  const view = await timeline();
  expect([view.erased, view.name, view.born, titles(view)]).toEqual([true, null, null, []]);
  expect((await service.get(`/consumers/${personId}/why/${encodeURIComponent(item)}`)).status).toBe(404);
  const client = new pg.Client({ connectionString: service.options.databaseUrl });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema in ('directory', 'timeline', 'access')",
  );
  const texts = await Promise.all(
    tables.rows.map(({ name }) =>
      client.query<{ t: string }>(`select t::text from ${name} t where t::text ~* 'rosal|1992-05-01|canary-'`),
    ),
  );
  await client.end();
  expect(texts.flatMap(({ rows }) => rows)).toEqual([]);
});

test('a question under a name that does not exist is refused, not answered with everybody', async () => {
  const { status, body } = await service.get('/consumers?q=rosa');
  expect([status, body.field]).toEqual([400, 'search']);
});

import { readdirSync, readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { referenceFiles } from '../tools/reference/reference-files.js';
import { sampleFiles } from '../tools/reference/sample-files.js';

const files = referenceFiles();
const schemaNamed = (name: string) => JSON.parse(files.get(`docs/reference/schemas/${name}.json`) as string) as object;
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });

test('docs/reference is what the catalogue says now (else run: npm run generate)', () => {
  const stale = [...files].filter(([path, content]) => readFileSync(path, 'utf8') !== content).map(([path]) => path);
  expect(stale).toEqual([]);
  const left = readdirSync('docs/reference/schemas').filter((name) => !files.has(`docs/reference/schemas/${name}`));
  expect(left).toEqual([]);
});

test('what is sealed is told as sealed, and stands in no stored schema', () => {
  const page = files.get('docs/reference/events.md') as string;
  const whole = page.split('### PeerContactMade')[1]?.split('### ')[0];
  expect(whole).toMatch(/^\| `note\?` \| text, at most \d+ characters \| sealed \|/m);
  expect(whole).toMatch(/^\| `method` \| one of .* \| open \|/m);
  const { $defs } = schemaNamed('PeerContactMade') as { $defs: Record<string, { properties: object }> };
  expect($defs['stored']?.properties).not.toHaveProperty('note');
  expect($defs['opened']?.properties).toHaveProperty('note');
  expect(files.get('docs/reference/asyncapi.json')).not.toContain('"whereabouts"');
});

test('the AsyncAPI document is accepted without an error', async () => {
  const { document, diagnostics } = await new Parser().parse(files.get('docs/reference/asyncapi.json') as string);
  expect(
    diagnostics.filter(({ severity }) => severity === 0).map(({ path, message }) => `${path.join('.')}: ${message}`),
  ).toEqual([]);
  expect(document?.channels().get('care.events')?.messages().length).toBe(sampleFiles().size);
}, 60_000);

test('every event that is written is what the published schemas say: open body, and data', () => {
  ajv.addSchema(schemaNamed('envelope'));
  const body = ajv.compile({ $ref: 'throughline:envelope#/$defs/body' });
  for (const { placed, body: text } of sampleFiles().values()) {
    const written = JSON.parse(text) as { data: object };
    expect([placed.type, body(written), body.errors]).toEqual([placed.type, true, null]);
    const schema = schemaNamed(placed.type) as { $id: string };
    const stored = ajv.addSchema(schema).compile({ $ref: `${schema.$id}#/$defs/stored` });
    expect([placed.type, stored(written.data), stored.errors]).toEqual([placed.type, true, null]);
  }
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { composed, type Composed } from './composed.js';

let service: Composed;
let description: {
  paths: Record<string, { post?: { operationId: string; requestBody: object } }>;
  components: { schemas: Record<string, Record<string, unknown>> };
};
beforeAll(async () => {
  service = await composed();
  description = (await service.get('/openapi.json')).body;
}, 30_000);
afterAll(() => service.end());

test('the whole description is valid OpenAPI 3.1', async () => {
  expect(await new Validator().validate(structuredClone(description))).toEqual({ valid: true });
});
test('every command of every context is described, with a schema that can be read', () => {
  for (const { context, name, command } of service.registry.all) {
    expect(description.paths[`/commands/${context}/${name}`]?.post?.operationId).toBe(command.name);
    expect(description.components.schemas[command.name]).toHaveProperty('properties');
  }
  expect(service.registry.all.length).toBeGreaterThan(60);
});
test('what the description calls a command is one that JSON Schema can judge by', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'all', components: description.components });
  for (const { command } of service.registry.all) {
    expect(ajv.validate({ $ref: `all#/components/schemas/${command.name}` }, { nonsense: 1 })).toBe(false);
  }
});
test('what is described is what the version of the package says', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(description).toMatchObject({ info: { version } });
});

import { expect, test } from '@jest/globals';
import { loadConfiguration } from './configuration.js';

test('nothing has to be set', () => {
  expect(loadConfiguration({ PATH: '/bin', PORT: '' })).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    THROUGHLINE_ZONE: 'America/Detroit',
  });
});
test('what is set counts', () => {
  const env = { PORT: '0', THROUGHLINE_ZONE: 'America/Chicago', DATABASE_URL: 'postgres://me@db/throughline' };
  expect(loadConfiguration(env)).toMatchObject({ PORT: 0, THROUGHLINE_ZONE: 'America/Chicago', DATABASE_URL: env.DATABASE_URL });
});
test('every wrong variable is named at once, without its value', () => {
  const env = { PORT: '80x', DATABASE_URL: 'mysql://root:secret@db', THROUGHLINE_ZONE: 'Detroit' };
  const load = () => loadConfiguration(env);
  for (const name of Object.keys(env)) expect(load).toThrow(name);
  expect(load).not.toThrow('secret');
});
test('an address that others reach is refused with the reason, unless it is meant', () => {
  expect(() => loadConfiguration({ HOST: '0.0.0.0' })).toThrow('nobody has to sign in yet');
  expect(loadConfiguration({ HOST: '0.0.0.0', THROUGHLINE_EXPOSE_WITHOUT_SIGN_IN: 'yes' }).HOST).toBe('0.0.0.0');
});

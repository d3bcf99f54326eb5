import { test } from '@jest/globals';
import { inMemoryKeys, keysKit } from './index.js';

test.each(keysKit)('in memory: %s', (_title, run) => run(inMemoryKeys()));

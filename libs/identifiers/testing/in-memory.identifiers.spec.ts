import { test } from '@jest/globals';
import { identifiersKit, inMemoryIdentifiers } from './index.js';

test.each(identifiersKit)('in memory: %s', (_title, run) => run(inMemoryIdentifiers()));

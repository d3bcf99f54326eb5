import { TIMELINE } from '../../apps/timeline/src/timeline.rows.js';
import type { ReadModel } from './personal-columns.page.js';

/** Every read model whose columns the reference lists: add a new one here. */
export const readModels: readonly ReadModel[] = [{ schema: 'timeline', projection: TIMELINE }];

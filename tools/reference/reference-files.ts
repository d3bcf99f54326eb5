import { asyncapi } from './asyncapi.js';
import { eventsPage } from './events.page.js';
import { personalColumnsPage } from './personal-columns.page.js';
import { readModels } from './read-models.js';
import { schemaFiles } from './schemas.js';

/** Everything under docs/reference: path from the project's root, and content. */
export const referenceFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ['docs/reference/events.md', eventsPage()],
    ['docs/reference/asyncapi.json', asyncapi()],
    ['docs/reference/personal-columns.md', personalColumnsPage(readModels)],
    ...schemaFiles().map(([name, content]) => [`docs/reference/schemas/${name}`, content] as const),
  ]);

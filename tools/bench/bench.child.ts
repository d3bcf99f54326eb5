import { migrateLog } from '#event-store';
import pg from 'pg';
import { BENCHES } from './benches.js';

/** One bench by itself, so that no other's memory is counted: `bench.child.js NAME URL small|full`. */
const [, , name = '', url = '', size] = process.argv;
const client = new pg.Client({ connectionString: url });
await client.connect();
await migrateLog(client);
await client.end();
const figures = await BENCHES[name]?.(url, size === 'small');
if (!figures) throw new Error(`There is no bench ${name}`);
process.send?.(figures);
process.disconnect?.();

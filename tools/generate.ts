import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceFiles } from './reference/reference-files.js';
import { sampleFiles, SAMPLES } from './reference/sample-files.js';

const files = referenceFiles();
for (const folder of ['docs/reference/schemas', SAMPLES]) mkdirSync(folder, { recursive: true });
for (const name of readdirSync('docs/reference/schemas')) {
  if (!files.has(`docs/reference/schemas/${name}`)) rmSync(join('docs/reference/schemas', name));
}
for (const [path, content] of files) writeFileSync(path, content);

// Samples stand for what was once stored, so that a committed one is kept; before the first release they may all be made anew.
const anew = process.argv.includes('--samples-anew');
if (anew) for (const name of readdirSync(SAMPLES)) rmSync(join(SAMPLES, name));
const missing = [...sampleFiles()].filter(([path]) => !existsSync(path));
for (const [path, sample] of missing) writeFileSync(path, `${JSON.stringify(sample, null, 2)}\n`);
process.stdout.write(`${files.size} files of docs/reference written; ${missing.length} samples added to ${SAMPLES}\n`);

import { prepare, runProgram } from './prepare.mjs';

await prepare({ pages: true });
await runProgram('apps/throughline/src/main.js', process.argv.slice(2));

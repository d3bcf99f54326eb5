import { prepare, runProgram } from './prepare.mjs';

const [, , program, ...args] = process.argv;
await prepare();
await runProgram(program, args);

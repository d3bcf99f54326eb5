import { copyLives, derivedKeys } from './lives.js';

/** Fills an empty log in a process of its own, so that its memory is not counted: `lives.child.js URL EVENTS`. */
const [, , url = '', events] = process.argv;
await copyLives(url, derivedKeys(), Number(events));

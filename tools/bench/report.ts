import type { Figure } from './append.load.js';
import { TARGETS, type Secrecy, type Target } from './benches.js';

/** One run: on what, when, and what came of it. */
export interface Run {
  readonly machine: string;
  readonly date: string;
  readonly cost: Readonly<Record<Secrecy, number>>;
  readonly figures: readonly Figure[];
}

const number = new Intl.NumberFormat('en').format;
const targetOf = (name: string): Target => TARGETS.find((target) => target.name === name) as Target;
const targeted = (figures: readonly Figure[]) => TARGETS.flatMap(({ name }) => figures.filter((figure) => figure.name === name));

/** What a figure falls short in; empty where it reaches all that it is held to. */
export const missesOf = (figure: Figure): readonly string[] => {
  const { atLeast, p99, mostMiB = Infinity } = targetOf(figure.name);
  return [
    ...(figure.ratio < atLeast ? [`ratio ${figure.ratio}, wanted ${atLeast}`] : []),
    ...(p99 && figure.p99ms > figure.limitP99ms ? [`p99 ${figure.p99ms} ms, wanted at most ${figure.limitP99ms} ms`] : []),
    ...(figure.rssMiB > mostMiB ? [`${figure.rssMiB} MiB, wanted at most ${mostMiB} MiB`] : []),
  ];
};

/** Microseconds of sealing, hashing and opening in one event, and which part that is of the time that it takes in all. */
const secrecyIn = ({ name, ours }: Figure, cost: Run['cost']): string => {
  const { secrecy, unit } = targetOf(name);
  if (secrecy.length === 0 || unit !== 'events') return 'none';
  const us = secrecy.reduce((sum, kind) => sum + cost[kind], 0);
  return `${us.toFixed(1)} µs (${secrecy.join(' + ')}), ${Math.round((us * ours) / 10_000)} %`;
};

const HEADS = ['figure', 'ours /s', 'limit /s', 'ratio', 'wanted', 'p99 ms', 'limit p99', 'MiB', 'secrecy in each event', ''];
const rowsOf = ({ figures, cost }: Run): string[][] =>
  targeted(figures).map((figure) => [
    figure.name,
    number(figure.ours),
    number(figure.limit),
    figure.ratio.toFixed(2),
    `≥ ${targetOf(figure.name).atLeast}`,
    String(figure.p99ms),
    String(figure.limitP99ms),
    String(figure.rssMiB),
    secrecyIn(figure, cost),
    missesOf(figure).length === 0 ? 'reached' : 'missed',
  ]);

/** For a terminal. */
export const tableOf = (run: Run): string => {
  const rows = [HEADS, ...rowsOf(run)];
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const aligned = (row: readonly string[]) => row.map((cell, i) => (i === 0 || i > 7 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)));
  return `${run.machine}, ${run.date}\n${rows.map((row) => aligned(row).join('  ').trimEnd()).join('\n')}\n`;
}; // prettier-ignore

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const misses = ({ figures }: Run): string => {
  const found = targeted(figures).flatMap((figure) => missesOf(figure).map((miss) => `- \`${figure.name}\`: ${miss}.`));
  return found.length === 0 ? 'Every figure reached what is wanted of it in this run.' : found.join('\n');
};

/** `docs/benchmarks.md`. */
export const pageOf = (run: Run): string => `# Benchmarks

Written by \`npm run bench\` on ${run.date}. Machine: ${run.machine}.

A rate says little by itself: it changes with the machine, and with whoever else is using it. So each figure stands beside a
limit, something that bare PostgreSQL does on the same data, and both are measured in one run, in turns (\`rebuild.timeline\` and its limit one after the other). What counts is the ratio.
Every bench has a process and an empty database of its own; PostgreSQL commits to disk (\`synchronous_commit = on\`).

${line(HEADS.slice(0, -1).concat('result'))}
${line(HEADS.map((_, i) => (i > 0 && i < 8 ? '--:' : '---')))}
${rowsOf(run).map(line).join('\n')}

Sealing one event (AES-256-GCM) took ${run.cost.seal} µs here, hashing it (SHA-256) ${run.cost.hash} µs, opening it ${run.cost.open} µs, on one
core. The percentage is that time in all events of a second, as a part of one core; the limits of the appends pay it as well.

## Not reached

${misses(run)}

## What each is

${TARGETS.map(({ name, unit, ours, limit }) => `- \`${name}\`: ${ours} (${unit} a second), beside ${limit}.`).join('\n')}

p99 is of one append, one page (\`tail\`, \`rebuild.timeline\`) or one answer (\`timeline.read\`). Memory is the resident set of
the process that did the work, our side and the limit's. \`npm run bench -- --json FILE\` writes the same figures as JSON,
\`--small\` rebuilds 20,000 events instead of a million, \`--only append,tail\` runs some; neither of these two rewrites this page.
\`BENCH_DATABASE_URL\` names a server to use instead of the embedded one; databases are made in it, and dropped.
`;

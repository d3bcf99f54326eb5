import type { Type } from '@nestjs/common';
import type { Report } from '#contracts';
import type { Class, Movable } from '#kernel';
import { decidersOf, type AnyDecider } from './decider.provider.js';
import { movesOf } from './move.provider.js';

export type CommandClass<C extends Report = Report> = new () => C;

/** One command as it is offered: by which decider of which context, and under which path. */
export interface Offered {
  readonly context: string;
  /** Kebab-case: `report-visit-end`. */
  readonly name: string;
  readonly command: CommandClass;
  readonly decider: AnyDecider;
  /** What is done instead of one decision, where the command asks for a move. */
  readonly move?: Movable;
}

const kebab = (name: string) => name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

const takenBy = (context: string, module: Type): readonly Offered[] => {
  const offer = (command: Class<object>, decider: AnyDecider) => ({
    context,
    name: kebab(command.name),
    command: command as unknown as CommandClass,
    decider,
  });
  return [
    ...decidersOf(module).flatMap((decider) => decider.cases.map(({ command }) => offer(command, decider))),
    ...movesOf(module).map((move) => ({ ...offer(move.move, move.decider), move })),
  ];
};
/** Half of a move would leave a stream with two persons, or with none: only the whole of it is offered. */
const stepsOfMoves = (module: Type): readonly Class<object>[] =>
  movesOf(module).flatMap(({ here, away }) => [here.command, away.command]);

/** Every command of every context: what the door accepts and OpenAPI describes. */
export class CommandRegistry {
  /** What anyone may send. */
  readonly all: readonly Offered[];
  private readonly byClass: ReadonlyMap<CommandClass, Offered>;
  private readonly byPath: ReadonlyMap<string, Offered>;

  /** Modules by the name of their context: `{ hospital: HospitalModule, 'peer-support': PeerSupportModule }`. Throws where two commands share a name. */
  constructor(contexts: Readonly<Record<string, Type>>) {
    const taken = Object.entries(contexts).flatMap(([context, module]) => takenBy(context, module));
    const steps = new Set(Object.values(contexts).flatMap(stepsOfMoves));
    this.all = taken.filter(({ command }) => !steps.has(command));
    this.byClass = new Map(taken.map((offered) => [offered.command, offered]));
    this.byPath = new Map(this.all.map((offered) => [pathOf(offered), offered]));
    const names = this.all.map(({ name }) => name);
    const twice = names.filter((name, at) => names.indexOf(name) !== at);
    if (twice.length > 0) throw new Error(`Command names must be unique across contexts: ${twice.join(', ')}`);
  }

  /** Throws where no decider of any context takes the command. */
  of(command: CommandClass): Offered {
    const offered = this.byClass.get(command);
    if (!offered) throw new Error(`${command.name} belongs to no context that was composed`);
    return offered;
  }

  find(context: string, name: string): Offered | undefined {
    return this.byPath.get(`${context}/${name}`);
  }

  /** Paths that look like what was asked for, nearest first; the whole context's where none does. */
  near(context: string, name: string): readonly string[] {
    const asked = `${context}/${name}`;
    const ranked = [...this.byPath.keys()]
      .map((path) => ({ path, distance: distance(asked, path) }))
      .sort((a, b) => a.distance - b.distance);
    const close = ranked.filter(({ distance: d }) => d <= Math.max(3, asked.length / 3));
    const same = ranked.filter(({ path }) => path.startsWith(`${context}/`));
    return (close.length > 0 ? close : same).slice(0, 5).map(({ path }) => `/commands/${path}`);
  }
}

export const pathOf = ({ context, name }: Offered) => `${context}/${name}`;

/** Levenshtein distance of two short texts. */
export const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length && i < 200; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = row[j]! + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
};

import { setTimeout as sleep } from 'node:timers/promises';
import { hashOf } from './hash.js';
import type { StoredEvent } from './port.js';
import type { PostgresStore } from './postgres.store.js';
import { Root, type Seal, type SealKey } from './seal.js';
import type { SealFile } from './seal.file.js';
import { readSeals } from './seal.table.js';

export interface VerifyOptions {
  readonly store: PostgresStore;
  readonly key: SealKey;
  readonly file: SealFile;
  /** The first position of interest; the seal that holds it is verified whole. 1 unless told. */
  readonly from?: number;
  /** The last one; the head unless told. */
  readonly to?: number;
  readonly onProgress?: (progress: { readonly position: number; readonly target: number; readonly perSecond: number }) => void;
}

/** The first position that does not fit; `upTo` where only a range is known (a seal tells that one of its events changed, not which). */
export interface Misfit {
  readonly position: number;
  readonly upTo?: number;
  readonly reason: string;
}

export interface Verdict {
  readonly verified: number;
  /** The last position under a seal: what stands behind it is verified by its own hash only. */
  readonly sealedTo: number;
  readonly misfit?: Misfit;
}

const PAGE = 2_000;
/** The file follows the table: a seal that is this old must stand in both. */
const COPY_MS = 1_500;

/** Recomputes every event's hash and every seal, in the table and in the file. Stops at the first misfit. */
export const verify = async (options: VerifyOptions): Promise<Verdict> => {
  const { seals, differ } = await bothCopies(options);
  const { logId, position: head } = await options.store.head();
  const sealedTo = lastOf(seals);
  const { from = 1, to = Math.max(head, sealedTo) } = options;
  const walk = new Walk(options, to);
  const within = seals.filter((seal) => seal.to >= from && seal.from <= to);
  const unsealed = { from: Math.max(sealedTo + 1, from), to: Math.min(to, head) };
  const inSeals = broken(seals) ?? (await walkSeals(walk, within, (seal) => options.key.signed(logId, seal)));
  const misfit = inSeals ?? differ ?? (await walk.range(unsealed));
  return { verified: walk.count, sealedTo, ...(misfit ? { misfit } : {}) };
};

const lastOf = (seals: readonly Seal[]) => seals.at(-1)?.to ?? 0;

/** The first seal that does not follow the one before it. */
const broken = (seals: readonly Seal[]): Misfit | undefined => {
  const seal = seals.find(
    ({ from, previous }, i) => from !== (seals[i - 1]?.to ?? 0) + 1 || previous !== (seals[i - 1]?.root ?? ''),
  );
  return seal && { position: seal.from, upTo: seal.to, reason: 'the seal does not follow the one before it' };
};

const walkSeals = async (walk: Walk, seals: readonly Seal[], signed: (seal: Seal) => boolean): Promise<Misfit | undefined> => {
  for (const seal of seals) {
    if (!signed(seal)) return { position: seal.from, upTo: seal.to, reason: 'the seal is not signed with the seal key' };
    const misfit = await walk.range(seal, new Root(seal.previous), seal.root);
    if (misfit) return misfit;
  }
  return undefined;
};

/** The seals, and the first that does not stand alike in both copies. The file is read first and follows the table: it cannot be ahead. */
const bothCopies = async ({ store, file }: VerifyOptions): Promise<{ seals: readonly Seal[]; differ?: Misfit }> => {
  const before = await file.seals();
  const kept = await readSeals(store.pool);
  if (before.length < kept.length) await sleep(COPY_MS);
  const copied = before.length < kept.length ? await file.seals() : before;
  const [inTable, inFile] = [byStart(kept), byStart(copied)];
  const seals = [...byStart([...before, ...kept]).values()].sort((a, b) => a.from - b.from);
  const other = seals.find(({ from }) => textOf(inTable.get(from)) !== textOf(inFile.get(from)));
  if (!other) return { seals };
  return {
    seals,
    differ: { position: other.from, upTo: other.to, reason: 'the seal does not stand alike in the database and in the file' },
  };
};
const byStart = (seals: readonly Seal[]) => new Map(seals.map((seal) => [seal.from, seal]));
const textOf = (seal: Seal | undefined) => seal && [seal.from, seal.to, seal.previous, seal.root, seal.signature].join();

/** Goes over the events of ranges, one after the other. */
class Walk {
  count = 0;
  private last: StoredEvent | undefined;
  private readonly since = performance.now();

  constructor(
    private readonly options: VerifyOptions,
    private readonly target: number,
  ) {}

  async range({ from, to }: Pick<Seal, 'from' | 'to'>, root?: Root, expected?: string): Promise<Misfit | undefined> {
    for (let next = from; next <= to;) {
      const page = await this.options.store.readAll(next - 1, PAGE, to);
      for (const event of page) {
        const reason = this.fault(event, next);
        if (reason) return { position: next, reason };
        root?.add(event, event.hash.toString('hex'));
        next += 1;
      }
      if (page.length === 0) return { position: next, reason: 'the event is missing' };
      this.progress(next - 1);
    }
    if (root && root.digest() !== expected)
      return { position: from, upTo: to, reason: 'an event was changed, moved or recorded at another time since it was sealed' };
    return undefined;
  }

  private fault(event: StoredEvent, position: number): string | undefined {
    const { last } = this;
    this.last = event;
    if (event.position !== position) return 'the event is missing';
    if (!hashOf(event).equals(event.hash)) return 'the event is not the one that its hash was taken of';
    if (last?.position === position - 1 && last.recordedAt > event.recordedAt)
      return 'the event was recorded before the one before it';
    return undefined;
  }

  private progress(position: number): void {
    this.count = position;
    const perSecond = Math.round((1000 * (position - (this.options.from ?? 1) + 1)) / (performance.now() - this.since));
    this.options.onProgress?.({ position, target: this.target, perSecond });
  }
}

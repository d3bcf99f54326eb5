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
/** The file follows the table; a seal that is this old must stand in both. */
const COPY_MS = 1_500;

/** Recomputes every event's hash and every seal, in the table and in the file. Stops at the first misfit. */
export const verify = async (options: VerifyOptions): Promise<Verdict> => {
  const { seals, differ } = await bothCopies(options);
  const { logId, position: head } = await options.store.head();
  const sealedTo = seals.at(-1)?.to ?? 0;
  const target = Math.max(options.to ?? head, options.from ?? 1);
  const walk = new Walk(options, target);
  const misfit =
    (await walkSeals(
      walk,
      seals.filter(({ from, to }) => to >= (options.from ?? 1) && from <= target),
      (seal) => options.key.signed(logId, seal),
    )) ??
    differ ??
    (await walk.range({ from: Math.max(sealedTo + 1, options.from ?? 1), to: Math.min(target, head) }));
  return { verified: walk.count, sealedTo, ...(misfit ? { misfit } : {}) };
};

const walkSeals = async (walk: Walk, seals: readonly Seal[], signed: (seal: Seal) => boolean): Promise<Misfit | undefined> => {
  let before: Seal | undefined;
  for (const seal of seals) {
    const { from, to } = seal;
    if (!signed(seal)) return { position: from, upTo: to, reason: 'the seal is not signed with the seal key' };
    if (before && (before.to + 1 !== from || before.root !== seal.previous))
      return { position: from, upTo: to, reason: 'the seal does not follow the one before it' };
    const misfit = await walk.range(seal, new Root(seal.previous), seal.root);
    if (misfit) return misfit;
    before = seal;
  }
  return undefined;
};

/** Seals as both copies have them, and the first on which the two differ. */
const bothCopies = async ({ store, file }: VerifyOptions): Promise<{ seals: readonly Seal[]; differ?: Misfit }> => {
  let copied = await file.seals();
  const kept = await readSeals(store.pool);
  if (copied.length < kept.length) {
    await sleep(COPY_MS);
    copied = await file.seals();
  }
  const longer = copied.length > kept.length ? copied : kept;
  const at = longer.findIndex((seal, i) => signatureOf(copied[i]) !== signatureOf(kept[i]) || seal === undefined);
  if (at === -1 || (copied.length > kept.length && at >= kept.length && (await readSeals(store.pool)).length >= copied.length))
    return { seals: longer };
  const { from, to } = longer[at]!;
  return { seals: longer, differ: { position: from, upTo: to, reason: 'the seal in the database is not the one in the file' } };
};
const signatureOf = (seal: Seal | undefined) => seal && `${seal.from} ${seal.to} ${seal.previous} ${seal.root} ${seal.signature}`;

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

/**
 * Values read lately, so that they need not be read again: at most `most` of them (the longest unused goes first), each
 * for at most `milliseconds` from when it was read, however often it is used. Bounded in memory and in staleness.
 */
export class Recent<V> {
  private readonly entries = new Map<string, { readonly value: V; readonly until: number }>();
  private changes = 0;

  constructor(
    private readonly limits: { readonly most: number; readonly milliseconds: number },
    /** Milliseconds, never going back. */
    private readonly clock: () => number,
  ) {}

  /** To be taken before a read and handed to `keep` after it. */
  get mark(): number {
    return this.changes;
  }
  get size(): number {
    return this.entries.size;
  }
  get(key: string): V | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    if (entry.until <= this.clock()) return undefined;
    this.entries.set(key, entry);
    return entry.value;
  }
  /** Keeps a value, unless something was forgotten since `mark`: then what was read may be what was forgotten. */
  keep(key: string, value: V, mark = this.changes): void {
    if (mark !== this.changes) return;
    this.entries.delete(key);
    this.entries.set(key, { value, until: this.clock() + this.limits.milliseconds });
    if (this.entries.size > this.limits.most) this.entries.delete(this.entries.keys().next().value as string);
  }
  forget(key: string): void {
    this.changes += 1;
    this.entries.delete(key);
  }
  forgetAll(): void {
    this.changes += 1;
    this.entries.clear();
  }
}

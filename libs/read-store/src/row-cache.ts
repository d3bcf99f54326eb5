/** The states of rows used lately, at most `most` of them once trimmed; the longest unused go first. `null`: known to be absent. */
export class RowCache {
  private readonly states = new Map<string, object | null>();

  constructor(private readonly most: number) {}

  get(key: string): object | null | undefined {
    const state = this.states.get(key);
    if (state === undefined) return undefined;
    this.states.delete(key);
    this.states.set(key, state);
    return state;
  }
  set(key: string, state: object | null): void {
    this.states.delete(key);
    this.states.set(key, state);
  }
  has(key: string): boolean {
    return this.states.has(key);
  }
  /** Only once what is in it has been committed: until then the cache is the only place that knows it. */
  trim(): void {
    for (const key of this.states.keys()) {
      if (this.states.size <= this.most) return;
      this.states.delete(key);
    }
  }
  clear(): void {
    this.states.clear();
  }
}

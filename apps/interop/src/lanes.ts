/** Runs tasks side by side, those of one lane one after the other, and at most so many at a time. The first fault ends it all. */
export class Lanes {
  private readonly tails = new Map<string, Promise<void>>();
  private readonly running = new Set<Promise<void>>();
  private fault: { readonly error: unknown } | undefined;

  constructor(private readonly most: number) {}

  /** Waits for a free place, not for the task. Throws the fault of any task before it. */
  async run(lane: string | undefined, task: () => Promise<void>): Promise<void> {
    this.check();
    while (this.running.size >= this.most) await Promise.race(this.running);
    this.check();
    const before = lane === undefined ? undefined : this.tails.get(lane);
    const now = (before ?? Promise.resolve())
      .then(() => (this.fault ? undefined : task()))
      .catch((error: unknown) => void (this.fault ??= { error }))
      .finally(() => {
        this.running.delete(now);
        if (lane !== undefined && this.tails.get(lane) === now) this.tails.delete(lane);
      });
    this.running.add(now);
    if (lane !== undefined) this.tails.set(lane, now);
  }

  async idle(): Promise<void> {
    await Promise.all(this.running);
    this.check();
  }

  private check(): void {
    if (this.fault) throw this.fault.error;
  }
}

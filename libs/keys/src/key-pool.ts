import type { StreamKey } from './port.js';

const FIRST_BATCH = 32;

/**
 * Keys made ahead. Batches double from 32 up to `largest` while keys are taken, and the next one is made in the
 * background once half of the last is left: `take` waits for the database only at the very start or under a burst.
 */
export class KeyPool {
  private readonly ready: StreamKey[] = [];
  private batch = FIRST_BATCH;
  private making: Promise<void> | undefined;

  constructor(
    /** Makes keys and resolves once they are durable. */
    private readonly make: (count: number) => Promise<readonly StreamKey[]>,
    private readonly largest: number,
  ) {}

  async take(): Promise<StreamKey> {
    for (;;) {
      const key = this.ready.pop();
      if (this.ready.length <= this.batch / 4) this.refill();
      if (key) return key;
      await this.making;
    }
  }
  /** Takes all that were never handed out, after the batch that is being made. */
  async drain(): Promise<readonly StreamKey[]> {
    await this.making?.catch(() => undefined);
    return this.ready.splice(0);
  }
  private refill(): void {
    if (this.making) return;
    const count = this.batch;
    this.making = this.make(count)
      .then((keys) => void this.ready.push(...keys))
      .finally(() => {
        this.batch = Math.min(count * 2, this.largest);
        this.making = undefined;
      });
    // A failure in the background is told to whoever waits for a key; nobody may be waiting.
    this.making.catch(() => undefined);
  }
}

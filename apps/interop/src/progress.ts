interface Shown {
  readonly done: number;
  readonly total: number;
  readonly read: number;
  readonly refused: number;
}

/** One line that is drawn over itself on a terminal, and now and then elsewhere. */
export class Progress {
  private readonly begun = performance.now();
  private drawn = 0;

  constructor(private readonly out: NodeJS.WritableStream | undefined) {}

  show({ done, total, read, refused }: Shown): void {
    if (!this.out || performance.now() - this.drawn < (this.isTerminal ? 100 : 5000)) return;
    this.drawn = performance.now();
    const rate = Math.round(read / Math.max(0.001, (this.drawn - this.begun) / 1000));
    const percent = total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
    const text = `${percent} % of ${Math.ceil(total / 1024)} KiB · ${read} records · ${rate}/s · ${refused} refused`;
    this.out.write(this.isTerminal ? `\r\u001b[2K${text}` : `${text}\n`);
  }

  end(): void {
    if (this.out && this.isTerminal && this.drawn > 0) this.out.write('\r\u001b[2K');
  }

  private get isTerminal(): boolean {
    return (this.out as { isTTY?: boolean } | undefined)?.isTTY === true;
  }
}

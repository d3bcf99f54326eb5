import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Bell } from './bell.js';
import { settingsOf, type Connection } from './postgres.connection.js';

const CHANNEL = 'throughline_log';
/** At most this often: a NOTIFY is a transaction of its own. */
const NOTIFY_EVERY_MS = 50;
const MOST_PAUSE_MS = 2_000;

/** Tells other processes that the log has grown, after the commit and apart from it; many appends share one NOTIFY. */
export class Notifier {
  readonly self = randomUUID();
  private running = false;
  private again = false;

  constructor(private readonly pool: pg.Pool) {}

  announce(): void {
    this.again = true;
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.again) {
      this.again = false;
      // A NOTIFY that is lost costs the others no more than a poll.
      await this.pool.query('select pg_notify($1, $2)', [CHANNEL, this.self]).catch(() => undefined);
      await sleep(NOTIFY_EVERY_MS, undefined, { ref: false });
    }
    this.running = false;
  }
}

/** Hears of what other processes appended, as long as anyone here subscribes. A lost connection is taken up again. */
export class Listener {
  private users = 0;
  private listening = false;
  private client: pg.Client | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly bell: Bell,
    private readonly self: string,
  ) {}

  /** Listens until every user has called what it got. */
  use(): () => void {
    this.users += 1;
    if (!this.listening) void this.listen();
    return () => {
      this.users -= 1;
      if (this.users === 0) void this.client?.end().catch(() => undefined);
    };
  }

  private async listen(): Promise<void> {
    this.listening = true;
    for (let pause = 50; this.users > 0; pause = Math.min(pause * 2, MOST_PAUSE_MS)) {
      const heard = await this.hear().catch(() => false);
      if (heard) pause = 50;
      if (this.users > 0) await sleep(pause, undefined, { ref: false });
    }
    this.listening = false;
  }

  /** Resolves when the connection has ended. */
  private async hear(): Promise<boolean> {
    const client = new pg.Client(settingsOf(this.connection));
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('error', () => undefined);
    client.on('notification', ({ payload }) => payload !== this.self && this.bell.ring());
    await client.connect();
    try {
      await client.query(`listen ${CHANNEL}`);
      this.bell.ring();
      this.client = client;
      if (this.users > 0) await ended;
      return true;
    } finally {
      this.client = undefined;
      await client.end().catch(() => undefined);
    }
  }
}

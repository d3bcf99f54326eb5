import { createHash, createPrivateKey, createPublicKey, sign, verify, type Hash, type KeyObject } from 'node:crypto';
import type { StoredEvent } from './port.js';

/** What was true of a range of the log when it was sealed. Hashes and signature in hex. */
export interface Seal {
  readonly from: number;
  readonly to: number;
  /** The root before it; empty for the first. */
  readonly previous: string;
  readonly root: string;
  readonly signature: string;
}

/** Ed25519's private key, in the frame that Node reads it from. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs seals; made from a 32-byte seed, the seal key. */
export class SealKey {
  private readonly secret: KeyObject;
  private readonly open: KeyObject;

  constructor(seed: Buffer) {
    if (seed.length !== 32) throw new Error(`A seal key has 32 bytes, not ${seed.length}`);
    this.secret = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
    this.open = createPublicKey(this.secret);
  }

  seal(logId: string, range: Omit<Seal, 'signature'>): Seal {
    return { ...range, signature: sign(null, said(logId, range), this.secret).toString('hex') };
  }

  signed(logId: string, seal: Seal): boolean {
    return verify(null, said(logId, seal), this.open, Buffer.from(seal.signature, 'hex'));
  }
}

const said = (logId: string, { from, to, previous, root }: Omit<Seal, 'signature'>) =>
  Buffer.from(`throughline seal 1|${logId}|${from}|${to}|${previous}|${root}`);

/** SHA-256 over position, recordedAt, revision and hash of each event of a range, behind the root before it. */
export class Root {
  private readonly hash: Hash;

  constructor(previous: string) {
    this.hash = createHash('sha256').update(`${previous}\n`);
  }

  add({ position, recordedAt, revision }: Pick<StoredEvent, 'position' | 'recordedAt' | 'revision'>, hash: string): void {
    this.hash.update(`${position}|${recordedAt}|${revision}|${hash}\n`);
  }

  digest(): string {
    return this.hash.digest('hex');
  }
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Value } from '../model/values';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals secret values at rest with AES-256-GCM, under a key in the store's folder that only its owner can read. */
export class Seal {
  private readonly key: Buffer;

  constructor(folder: string) {
    const file = join(folder, 'key');
    if (!existsSync(file)) this.makeKey(folder, file);
    this.key = Buffer.from(readFileSync(file, 'utf8'), 'base64');
  }

  /** Two processes may open a new store at once: linking fails for the second, so one key wins. */
  private makeKey(folder: string, file: string): void {
    const draft = join(folder, `.key.${randomBytes(6).toString('hex')}`);
    writeFileSync(draft, randomBytes(32).toString('base64'), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft);
    }
  }

  close(value: Value): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv);
    const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** @throws Error where the text was changed, or sealed under another key */
  open(sealed: string): Value {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const plain = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(plain.toString('utf8')) as Value;
  }
}

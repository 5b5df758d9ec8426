import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { replaceAt, type Bag, type Path } from '../model/values';
import { readJson, writeWhole } from './atomic';
import type { Leftover, StoredResource } from './record';
import { Seal } from './seal';

/** The account that a new store has, unless told otherwise. */
export const DEFAULT_ACCOUNT = '123456789012';

interface Settings {
  account: string;
}

/**
 * The sandbox's cloud: a folder with one file a resource. Files are read again when another process changed the
 * folder, so drift that a command injects is seen by a running server. Whoever changes a record makes a new one.
 */
export class Store {
  readonly account: string;
  private readonly seal: Seal;
  private readonly resources: string;
  private readonly leftovers: string;
  private readonly cache = new Map<string, { stamp: string; record: StoredResource }>();

  constructor(
    readonly folder: string,
    options: { account?: string } = {},
  ) {
    this.resources = join(folder, 'resources');
    this.leftovers = join(folder, 'leftovers');
    mkdirSync(this.resources, { recursive: true });
    mkdirSync(this.leftovers, { recursive: true });
    this.seal = new Seal(folder);
    const settings = join(folder, 'settings.json');
    const known = readJson<Settings>(settings);
    this.account = options.account ?? known?.account ?? DEFAULT_ACCOUNT;
    if (known?.account !== this.account) writeWhole(settings, JSON.stringify({ account: this.account }, null, 2));
  }

  /** Every resource, oldest first. */
  list(): StoredResource[] {
    const names = readdirSync(this.resources).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
    const present = new Set(names);
    for (const name of this.cache.keys()) if (!present.has(name)) this.cache.delete(name);
    return names
      .map((name) => this.load(name))
      .filter((record): record is StoredResource => record !== undefined)
      .sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
  }

  get(type: string, region: string, id: string): StoredResource | undefined {
    return this.load(fileName(type, region, id));
  }

  put(record: StoredResource): void {
    const onDisk = {
      ...record,
      inputs: this.change(record.inputs, record.secrets.inputs, (value) => ({ sealed: this.seal.close(value) })),
      state: this.change(record.state, record.secrets.state, (value) => ({ sealed: this.seal.close(value) })),
    };
    const name = fileName(record.type, record.region, record.id);
    writeWhole(join(this.resources, name), JSON.stringify(onDisk, null, 2), 0o600);
    this.cache.delete(name);
  }

  remove(record: StoredResource): void {
    const name = fileName(record.type, record.region, record.id);
    rmSync(join(this.resources, name), { force: true });
    this.cache.delete(name);
  }

  /** What deleted resources left behind; what has run out is gone. */
  leftBehind(): Leftover[] {
    const now = new Date().toISOString();
    return readdirSync(this.leftovers)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .map((name) => readJson<Leftover>(join(this.leftovers, name)))
      .filter((left): left is Leftover => left !== undefined && (left.until === undefined || left.until > now));
  }

  leave(leftover: Leftover): void {
    const name = fileName(`${leftover.kind}:${leftover.type}`, leftover.region, leftover.name);
    writeWhole(join(this.leftovers, name), JSON.stringify(leftover, null, 2));
  }

  /** Ids and ARNs of things that exist in the account without having been made here, e.g. a certificate. */
  existing(): string[] {
    return readJson<string[]>(join(this.folder, 'existing.json')) ?? [];
  }

  declareExisting(ids: string[]): void {
    const all = [...new Set([...this.existing(), ...ids])].sort();
    writeWhole(join(this.folder, 'existing.json'), JSON.stringify(all, null, 2));
  }

  private load(name: string): StoredResource | undefined {
    const file = join(this.resources, name);
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (!stats) return undefined;
    // A rename makes a new inode, so the pair tells two versions apart even within one tick of the clock.
    const stamp = `${stats.ino}:${stats.mtimeNs}`;
    const cached = this.cache.get(name);
    if (cached?.stamp === stamp) return cached.record;
    const onDisk = readJson<StoredResource>(file);
    if (!onDisk) return undefined;
    const open = (value: unknown) => this.seal.open((value as { sealed: string }).sealed);
    const record = {
      ...onDisk,
      inputs: this.change(onDisk.inputs, onDisk.secrets.inputs, open),
      state: this.change(onDisk.state, onDisk.secrets.state, open),
    };
    this.cache.set(name, { stamp, record });
    return record;
  }

  private change(bag: Bag, paths: Path[], change: Parameters<typeof replaceAt>[2]): Bag {
    return paths.reduce<Bag>((current, path) => replaceAt(current, path, change) as Bag, bag);
  }
}

/** Readable, and unique for whatever characters an id has. */
function fileName(type: string, region: string, id: string): string {
  const readable = `${type.split(':').slice(0, 2).join('.')}.${id}`.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 100);
  const hash = createHash('sha256').update(`${type}\n${region}\n${id}`).digest('hex').slice(0, 12);
  return `${readable}.${hash}.json`;
}

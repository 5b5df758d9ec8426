import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudError } from '../../model/errors';
import { at } from '../../model/reading';
import { hasUnknown, replaceAt, type Bag } from '../../model/values';
import { NotReady, type Changing, type Cluster, type Target, type Writing } from '../cluster';
import { isNamespaced, type Kind } from '../kind';
import { annotation, idOf } from '../naming';
import { ApiError, isMissing, type ApiClient } from './client';
import { Discovery, pathOf } from './discovery';
import { readinessOf } from './readiness';

/** Seconds that the provider waits for what was written, and for what was deleted; more for what has many pods. */
const READY_WITHIN = 600;
const GONE_WITHIN = 300;
const MANY_PODS_GONE_WITHIN = 600;
/** Milliseconds between two looks. */
const LOOK_EVERY = 200;

/** A real API server: objects go to it by server-side apply, and what its controllers made of them is waited for. */
export class LiveCluster implements Cluster {
  private readonly discovery: Discovery;

  constructor(
    private readonly client: ApiClient,
    /** Aborted when the run is stopped. */
    private readonly stopped: () => AbortSignal,
  ) {
    this.discovery = new Discovery(client);
  }

  async isNamespaced(kind: Kind): Promise<boolean> {
    return (await this.discovery.find(kind))?.namespaced ?? isNamespaced(kind);
  }

  async tryCreate(writing: Writing): Promise<Bag | undefined> {
    return this.dryRun(() => this.apply(writing, { dryRun: 'All', force: 'true' }), writing);
  }

  async create(writing: Writing, upsert: boolean): Promise<Bag> {
    const path = await this.pathOf(writing);
    if (!upsert && !writing.kind.patch && (await this.client.find(path))) {
      throw new CloudError('AlreadyExists', `${writing.kind.kind} "${idOf(writing.place)}" already exists`);
    }
    await this.apply(writing, {});
    return this.untilReady(writing);
  }

  async read(target: Target): Promise<Bag | undefined> {
    const resource = await this.discovery.find(target.kind);
    return resource && this.client.find(pathOf(resource, target.place));
  }

  async tryUpdate(changing: Changing): Promise<Bag | undefined> {
    return this.dryRun(async () => this.apply(await this.withoutIgnored(changing), { dryRun: 'All' }), changing);
  }

  async update(changing: Changing): Promise<Bag> {
    await this.apply(await this.withoutIgnored(changing), {});
    return this.untilReady(changing);
  }

  async remove(target: Target): Promise<void> {
    const resource = await this.discovery.find(target.kind);
    if (!resource) return; // its definition is gone, and it went with it
    const path = pathOf(resource, target.place);
    const found = await this.client.find(path);
    if (!found) return;
    if (target.kind.patch) return this.letGo(target);
    try {
      await this.client.call({ method: 'DELETE', path, query: { propagationPolicy: propagationOf(found) } });
    } catch (error) {
      if (isMissing(error)) return;
      throw error;
    }
    const many = ['Deployment', 'StatefulSet', 'DaemonSet'].includes(target.kind.kind);
    const seconds = target.timeout ?? timeoutOf(found) ?? (many ? MANY_PODS_GONE_WITHIN : GONE_WITHIN);
    const uid = at(found, 'metadata.uid');
    const stop = this.stopped();
    for (const deadline = Date.now() + seconds * 1000; ; await pause(stop)) {
      const left = await this.client.find(path);
      if (!left || at(left, 'metadata.uid') !== uid) return;
      if (Date.now() > deadline || stop.aborted) {
        const holders = JSON.stringify(at(left, 'metadata.finalizers') ?? []);
        throw new CloudError(
          'Timeout',
          `${idOf(target.place)} was not gone after ${seconds} s; its finalizers: ${holders}`,
        );
      }
    }
  }

  private async pathOf({ kind, place }: Target): Promise<string> {
    return pathOf(await this.discovery.must(kind), place);
  }

  private async apply(writing: Writing, query: Record<string, string>): Promise<Bag> {
    const force = annotation(writing.object, 'pulumi.com/patchForce') === 'true' ? 'true' : 'false';
    const call = {
      method: 'PATCH',
      path: await this.pathOf(writing),
      contentType: 'application/apply-patch+yaml',
      query: { fieldManager: managerOf(writing), fieldValidation: 'Strict', force, ...query },
      body: writing.object,
    } as const;
    try {
      return await this.client.call(call);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409) throw error;
      throw new CloudError('Conflict', `Server-Side Apply field conflict detected: ${error.message}`);
    }
  }

  /** What cannot be tried yet, for what it needs is to be made by the same run, is not known. */
  private async dryRun(run: () => Promise<Bag>, { kind, object }: Writing): Promise<Bag | undefined> {
    if (hasUnknown(object) || kind.patch || !(await this.discovery.find(kind))) return undefined;
    try {
      return await run();
    } catch (error) {
      if (isMissing(error) || (error instanceof ApiError && error.status === 403)) return undefined;
      throw error;
    }
  }

  /** Ignored fields are sent as they are in the cluster, so that whoever owns them keeps what he wrote. */
  private async withoutIgnored(changing: Changing): Promise<Changing> {
    if (changing.ignored.length === 0) return changing;
    const live = await this.client.find(await this.pathOf(changing));
    const object = changing.ignored.reduce<Bag>((bag, path) => {
      const value = at(live, path);
      return value === undefined ? bag : (replaceAt(bag, path.split('.'), () => value) as Bag);
    }, changing.object);
    return { ...changing, object };
  }

  private async untilReady(writing: Writing): Promise<Bag> {
    const path = await this.pathOf(writing);
    const ready = readinessOf(writing.kind);
    const skip = writing.kind.patch || annotation(writing.object, 'pulumi.com/skipAwait') === 'true';
    const seconds = writing.timeout ?? timeoutOf(writing.object) ?? READY_WITHIN;
    const stop = this.stopped();
    for (const deadline = Date.now() + seconds * 1000; ; await pause(stop)) {
      const object = await this.client.call({ method: 'GET', path });
      if (skip) return object;
      let waiting: string | undefined;
      try {
        waiting = await ready(object, this.client);
      } catch (error) {
        throw new NotReady(object, `${idOf(writing.place)}: ${(error as Error).message}`);
      }
      if (waiting === undefined) return object;
      if (Date.now() > deadline || stop.aborted) {
        throw new NotReady(object, `${idOf(writing.place)} was not ready after ${seconds} s: ${waiting}`);
      }
    }
  }

  /** A patch owns nothing but its fields: they are given up, and the object stays. */
  private async letGo({ kind, place, urn }: Target): Promise<void> {
    const metadata: Bag = { name: place.name, ...(place.namespace === '' ? {} : { namespace: place.namespace }) };
    const object: Bag = { apiVersion: kind.apiVersion, kind: kind.kind, metadata };
    await this.apply({ kind, place, urn, object, secrets: [] }, {});
  }
}

async function pause(stop: AbortSignal): Promise<void> {
  await sleep(LOOK_EVERY, undefined, { signal: stop }).catch(() => undefined);
}

/** Each object has a manager of its own, as with the provider, and so has each patch of somebody else's. */
function managerOf({ kind, place, urn }: Target): string {
  const who = kind.patch ? urn : `${kind.group}/${kind.kind} ${idOf(place)}`;
  return `pulumi-kubernetes-${createHash('sha256').update(who).digest('hex').slice(0, 8)}`;
}

function timeoutOf(object: Bag): number | undefined {
  const seconds = Number(annotation(object, 'pulumi.com/timeoutSeconds'));
  return Number.isInteger(seconds) && seconds > 0 ? seconds : undefined;
}

function propagationOf(object: Bag): string {
  const asked = annotation(object, 'pulumi.com/deletionPropagationPolicy')?.toLowerCase();
  return asked === 'orphan' ? 'Orphan' : asked === 'background' ? 'Background' : 'Foreground';
}

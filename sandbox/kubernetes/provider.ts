import { problem, type Problem } from '../model/errors';
import type { PackageConfig, ProviderPackage } from '../model/resource-type';
import { isBag, isUnknown, unwrap, wrap, type Bag, type Path } from '../model/values';
import { changesOf, type Change } from '../server/diff';
import { Unready, type Answer, type Operations, type Subject } from '../server/operations';
import { withoutInternal } from '../server/outputs';
import { configOf } from '../server/provider';
import type { Store } from '../store/store';
import { NotReady, type Cluster, type Writing } from './cluster';
import { clusterOf, type ClusterConfig } from './config';
import { kindOf, RELEASE, type Kind } from './kind';
import { ApiClient } from './live/client';
import { LiveCluster } from './live/live-cluster';
import { mannerOf } from './manner';
import { idOf, isAutonamed, placeOf } from './naming';
import { comparable, normalise, secretsOf, without } from './normalise';
import { inputsOf, withoutNulls } from './reading';
import { isUnready, REPLACE_UNREADY } from './unready';
import { merge } from './stored/merge';
import { StoredCluster } from './stored/stored-cluster';

/** What a call is about: the kind, and the cluster that the provider's configuration means. */
interface Scene {
  kind: Kind;
  config: ClusterConfig;
  cluster: Cluster;
}

/**
 * The Kubernetes provider: any kind by one rule. Objects live in the store, a part of it for each cluster, or in a real
 * API server where the kubeconfig names one on this machine.
 */
export class KubernetesProvider implements Operations {
  private readonly live = new Map<string, LiveCluster>();
  private stop = new AbortController();

  constructor(
    readonly pkg: ProviderPackage,
    private readonly store: Store,
  ) {}

  checkConfig(wire: Bag): Problem[] {
    const config = configOf(wire);
    if (isUnknown(config.values.kubeconfig)) return [];
    try {
      clusterOf(config);
      return [];
    } catch (error) {
      return [problem('kubeconfig', (error as Error).message)];
    }
  }

  async check(
    subject: Subject,
    oldWire: Bag,
    newWire: Bag,
    seed: Uint8Array,
  ): Promise<{ inputs: Bag; problems: Problem[] }> {
    const { kind, config, cluster } = this.scene(subject);
    const olds = unwrap(oldWire).value;
    const { value, secrets } = unwrap(withoutInternal(newWire));
    const namespace = (await cluster.isNamespaced(kind)) ? config.namespace : undefined;
    const object = normalise(kind, withoutNulls(value));
    const placed = kind.patch ? object : mannerOf(kind).placed(object, olds, subject.name, seed, namespace);
    return { inputs: wrap(placed, secretsOf(kind, secrets)), problems: mannerOf(kind).check(kind, placed) };
  }

  async diff(
    subject: Subject,
    oldWire: Bag,
    newWire: Bag,
  ): Promise<{ changes: Change[]; deleteBeforeReplace: boolean }> {
    const { kind, config, cluster } = this.scene(subject);
    const namespaced = await cluster.isNamespaced(kind);
    const olds = comparable(kind, unwrap(oldWire).value, namespaced);
    const news = comparable(kind, unwrap(newWire).value, namespaced);
    const manner = mannerOf(kind);
    const changes = changesOf({ replaceOn: manner.replaceOn(kind, news, config.mutable) }, olds, news);
    if (await isUnready(kind, news, () => cluster.read({ kind, place: manner.placeOf(news), urn: subject.urn }))) {
      changes.push({ path: ['metadata', 'annotations', REPLACE_UNREADY], kind: 'update', replaces: true });
    }
    const keepsItsName = idOf(manner.placeOf(olds)) === idOf(manner.placeOf(news)) && !isAutonamed(news);
    return { changes, deleteBeforeReplace: keepsItsName && changes.some(({ replaces }) => replaces) };
  }

  async previewCreate(subject: Subject, wire: Bag): Promise<Answer> {
    const { kind, cluster } = this.scene(subject);
    const writing = this.writing(subject, kind, wire);
    const tried = await cluster.tryCreate(writing);
    const object = tried ? without(tried, 'status') : mannerOf(kind).preview(kind, writing.object);
    return { id: '', outputs: shown(object, writing.secrets) };
  }

  async create(subject: Subject, wire: Bag): Promise<Answer> {
    const { kind, config, cluster } = this.scene(subject);
    const writing = this.writing(subject, kind, wire);
    return { id: idOf(writing.place), outputs: await written(writing, cluster.create(writing, config.upsert)) };
  }

  async read(
    subject: Subject,
    id: string,
    _outputsWire: Bag,
    inputsWire: Bag,
  ): Promise<(Answer & { inputs: Bag }) | undefined> {
    const { kind, config, cluster } = this.scene(subject);
    const place = placeOf(id);
    if (place.namespace === '' && (await cluster.isNamespaced(kind))) place.namespace = config.namespace;
    const object = await cluster.read({ kind, place, urn: subject.urn });
    if (!object) return undefined;
    const asked = unwrap(inputsWire);
    const secrets = secretsOf(kind, asked.secrets);
    const inputs = inputsOf(withoutInternal(asked.value), object);
    return { id: idOf(place), outputs: shown(object, secrets), inputs: wrap(inputs, secrets) };
  }

  async previewUpdate(subject: Subject, outputsWire: Bag, oldWire: Bag, newWire: Bag): Promise<Bag> {
    const { kind, cluster } = this.scene(subject);
    const [writing, olds] = [this.writing(subject, kind, newWire), unwrap(oldWire).value];
    const tried = await cluster.tryUpdate({ ...writing, olds, ignored: subject.ignored ?? [] });
    return shown(tried ?? merge(unwrap(outputsWire).value, olds, writing.object), writing.secrets);
  }

  async update(subject: Subject, _id: string, _outputsWire: Bag, oldWire: Bag, newWire: Bag): Promise<Bag> {
    const { kind, cluster } = this.scene(subject);
    const writing = this.writing(subject, kind, newWire);
    const changing = { ...writing, olds: unwrap(oldWire).value, ignored: subject.ignored ?? [] };
    return written(writing, cluster.update(changing));
  }

  async remove(subject: Subject, id: string): Promise<void> {
    const { kind, cluster } = this.scene(subject);
    await cluster.remove({ kind, place: placeOf(id), urn: subject.urn, timeout: subject.timeout });
  }

  invoke(_config: PackageConfig, token: string): Bag {
    throw new Error(`the sandbox does not know the function ${token}`);
  }

  cancel(): void {
    this.stop.abort();
    this.stop = new AbortController();
  }

  private scene(subject: Subject): Scene {
    const kind = kindOf(subject.type);
    const config = clusterOf(subject.config);
    return { kind, config, cluster: this.clusterFor(kind, config) };
  }

  private clusterFor(kind: Kind, { access, space, server }: ClusterConfig): Cluster {
    if (!access || kind.token === RELEASE) return new StoredCluster(this.store, space, server, access === undefined);
    const key = JSON.stringify(access);
    const known = this.live.get(key) ?? new LiveCluster(new ApiClient(access), () => this.stop.signal);
    this.live.set(key, known);
    return known;
  }

  private writing(subject: Subject, kind: Kind, wire: Bag): Writing {
    const { value, secrets } = unwrap(withoutInternal(wire));
    const object = normalise(kind, value);
    const place = mannerOf(kind).placeOf(object);
    return { kind, place, urn: subject.urn, timeout: subject.timeout, object, secrets: secretsOf(kind, secrets) };
  }
}

/** The object that a write led to, on the wire. */
async function written({ place, secrets }: Writing, write: Promise<Bag>): Promise<Bag> {
  try {
    return shown(await write, secrets);
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    throw new Unready(idOf(place), shown(error.object, secrets), error.message);
  }
}

/** Who wrote which field is the API server's own affair. */
function shown(object: Bag, secrets: Path[]): Bag {
  const { metadata } = object;
  return wrap(isBag(metadata) ? { ...object, metadata: without(metadata, 'managedFields') } : object, secrets);
}

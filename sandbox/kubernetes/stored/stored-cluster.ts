import { CloudError } from '../../model/errors';
import { flag, text } from '../../model/reading';
import { isBag, type Bag, type Path } from '../../model/values';
import type { StoredResource } from '../../store/record';
import type { Store } from '../../store/store';
import type { Changing, Cluster, Target, Writing } from '../cluster';
import { isNamespaced, kindOf, RELEASE, type Kind } from '../kind';
import { idOf } from '../naming';
import { merge, overlay } from './merge';
import { refuseChange } from './refusals';
import { birth, builtIn, statusOf } from './status';

/** A cluster in the sandbox's store: nothing runs, and all goes well. */
export class StoredCluster implements Cluster {
  constructor(
    private readonly store: Store,
    private readonly space: string,
    private readonly server: string,
    /** Whether its namespaces are in the store, too. */
    private readonly isWhole = true,
  ) {}

  async isNamespaced(kind: Kind): Promise<boolean> {
    return this.scopeOf(kind) === 'Namespaced';
  }

  async tryCreate(): Promise<undefined> {
    return undefined;
  }

  async create(writing: Writing, upsert: boolean): Promise<Bag> {
    const { kind, place, object, urn, secrets } = writing;
    if (this.isWhole && flag(object, 'createNamespace') !== true) this.requireNamespace(place.namespace);
    const found = this.find(writing);
    // A run that was stopped may have made it; then the engine does not know, and neither does the cluster.
    if (found && !upsert) throw new CloudError('AlreadyExists', `${kind.kind} "${idOf(place)}" already exists`);
    const record: StoredResource = {
      package: 'kubernetes',
      type: kind.token,
      id: idOf(place),
      region: this.space,
      urn,
      inputs: found ? overlay(found.inputs, object) : object,
      defaulted: [],
      state: found?.state ?? birth(kind, place, object),
      actual: {},
      secrets: { inputs: within(object, secrets), state: [] },
      createdAt: found?.createdAt ?? new Date().toISOString(),
    };
    this.store.put(record);
    return this.show(kind, record);
  }

  async read(target: Target): Promise<Bag | undefined> {
    const record = this.find(target);
    return record && this.show(target.kind, record);
  }

  async tryUpdate(changing: Changing): Promise<Bag | undefined> {
    const record = this.find(changing);
    return record && this.show(changing.kind, this.changed(record, changing));
  }

  async update(changing: Changing): Promise<Bag> {
    const record = this.find(changing);
    if (!record) throw new CloudError('NotFound', `${changing.kind.kind} "${idOf(changing.place)}" not found`);
    const updated = this.changed(record, changing);
    refuseChange(changing.kind, record.inputs, updated.inputs);
    this.store.put(updated);
    return this.show(changing.kind, updated);
  }

  async remove(target: Target): Promise<void> {
    const record = this.find(target);
    if (!record) return;
    // A namespace takes with it what is inside.
    if (target.kind.kind === 'Namespace' && !target.kind.patch) {
      for (const other of this.all()) if (other.id.startsWith(`${target.place.name}/`)) this.store.remove(other);
    }
    this.store.remove(record);
  }

  private changed(record: StoredResource, { object, olds, urn, secrets, kind }: Changing): StoredResource {
    const inputs = merge(record.inputs, olds, object);
    const metadata = isBag(record.state.metadata) ? record.state.metadata : {};
    const generation = Number(metadata.generation ?? 1) + (kind.group === '' ? 0 : 1);
    return {
      ...record,
      urn,
      inputs,
      state: { ...record.state, metadata: { ...metadata, generation } },
      secrets: { ...record.secrets, inputs: within(inputs, secrets) },
    };
  }

  private show(kind: Kind, record: StoredResource): Bag {
    const object = overlay(record.state, record.inputs);
    return { ...object, ...(kind.patch ? {} : statusOf(kind, object, this.server)) };
  }

  private find({ kind, place }: Target): StoredResource | undefined {
    return this.store.get(kind.token, this.space, idOf(place));
  }

  private all(): StoredResource[] {
    return this.store.list().filter((record) => record.package === 'kubernetes' && record.region === this.space);
  }

  private requireNamespace(name: string): void {
    if (name === '' || builtIn.includes(name) || this.store.existing().includes(`namespace/${name}`)) return;
    const made = this.all().some(
      (record) =>
        (record.type === 'kubernetes:core/v1:Namespace' && record.id === name) ||
        (record.type === RELEASE &&
          flag(record.inputs, 'createNamespace') &&
          text(record.inputs, 'namespace') === name),
    );
    if (!made) throw new CloudError('NotFound', `namespaces "${name}" not found`);
  }

  /** What a definition in the cluster says, or else what is known of Kubernetes' own kinds. */
  private scopeOf(kind: Kind): string {
    const definition = this.all().find(
      ({ type, inputs }) =>
        type.startsWith('kubernetes:apiextensions.k8s.io/') &&
        kindOf(type).kind === 'CustomResourceDefinition' &&
        text(inputs, 'spec.group') === kind.group &&
        text(inputs, 'spec.names.kind') === kind.kind,
    );
    return text(definition?.inputs, 'spec.scope') ?? (isNamespaced(kind) ? 'Namespaced' : 'Cluster');
  }
}

/** Only paths that lead somewhere can be sealed. */
function within(object: Bag, paths: Path[]): Path[] {
  return paths.filter(([top]) => top !== undefined && object[top] !== undefined);
}

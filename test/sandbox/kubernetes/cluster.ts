import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from '../../../sandbox';
import { kubernetesPackage } from '../../../sandbox/kubernetes';
import { KubernetesProvider } from '../../../sandbox/kubernetes/provider';
import { unwrap, type Bag } from '../../../sandbox/model/values';
import type { Answer, Subject } from '../../../sandbox/server/operations';
import { printPath } from '../../../sandbox/server/diff';

export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
export const tokens = {
  namespace: 'kubernetes:core/v1:Namespace',
  secret: 'kubernetes:core/v1:Secret',
  configMap: 'kubernetes:core/v1:ConfigMap',
  service: 'kubernetes:core/v1:Service',
  claim: 'kubernetes:core/v1:PersistentVolumeClaim',
  deployment: 'kubernetes:apps/v1:Deployment',
  statefulSet: 'kubernetes:apps/v1:StatefulSet',
  job: 'kubernetes:batch/v1:Job',
  autoscaler: 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler',
  budget: 'kubernetes:policy/v1:PodDisruptionBudget',
  networkPolicy: 'kubernetes:networking.k8s.io/v1:NetworkPolicy',
  ingress: 'kubernetes:networking.k8s.io/v1:Ingress',
  storageClass: 'kubernetes:storage.k8s.io/v1:StorageClass',
  certificate: 'kubernetes:cert-manager.io/v1:Certificate',
  release: 'kubernetes:helm.sh/v3:Release',
};

interface Made {
  type: string;
  id: string;
  inputs: Bag;
  outputs: Bag;
}

/** A cluster in a store of its own, driven without the wire: what the engine would do, call by call. */
export class TestCluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'kubernetes-'));
  readonly store = new Store(this.folder);
  readonly provider = new KubernetesProvider(kubernetesPackage, this.store);
  private readonly known = new Map<string, Made>();

  constructor(public config: Bag = {}) {}

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  subject(type: string, name: string): Subject {
    return { config: { values: this.config }, type, name, urn: `urn:pulumi:dev::test::${type}::${name}` };
  }

  async check(type: string, name: string, inputs: Bag, olds: Bag = {}): Promise<{ inputs: Bag; reasons: string[] }> {
    const checked = await this.provider.check(this.subject(type, name), olds, inputs, Buffer.from(name));
    const reasons = checked.problems.map(({ property, reason }) => `${property}: ${reason}`);
    return { inputs: checked.inputs, reasons };
  }

  /** Check and Create; the outputs without the marks of secrets. */
  async make(type: string, name: string, given: Bag): Promise<Bag & { id: string }> {
    const { inputs, reasons } = await this.check(type, name, given);
    if (reasons.length > 0) throw new Error(reasons.join('\n'));
    const { id, outputs } = await this.provider.create(this.subject(type, name), inputs);
    this.known.set(name, { type, id, inputs, outputs });
    return { ...unwrap(outputs).value, id };
  }

  async change(name: string, given: Bag): Promise<Bag> {
    const old = this.of(name);
    const { inputs, reasons } = await this.check(old.type, name, given, old.inputs);
    if (reasons.length > 0) throw new Error(reasons.join('\n'));
    const outputs = await this.provider.update(this.subject(old.type, name), old.id, old.outputs, old.inputs, inputs);
    this.known.set(name, { ...old, inputs, outputs });
    return unwrap(outputs).value;
  }

  /** What an update would be, as `change spec.replicas` and `replace spec.selector…`; the last says how it is replaced. */
  async diff(name: string, given: Bag): Promise<string[]> {
    const old = this.of(name);
    const { inputs } = await this.check(old.type, name, given, old.inputs);
    const { changes, deleteBeforeReplace } = await this.provider.diff(this.subject(old.type, name), old.inputs, inputs);
    const lines = changes.map(({ path, replaces }) => `${replaces ? 'replace' : 'change'} ${printPath(path)}`);
    return deleteBeforeReplace ? [...lines, 'the old one goes first'] : lines;
  }

  async refresh(name: string): Promise<(Answer & { inputs: Bag }) | undefined> {
    const old = this.of(name);
    const found = await this.provider.read(this.subject(old.type, name), old.id, old.outputs, old.inputs);
    if (found) this.known.set(name, { ...old, inputs: found.inputs, outputs: found.outputs });
    return found;
  }

  async delete(name: string): Promise<void> {
    const old = this.of(name);
    await this.provider.remove(this.subject(old.type, name), old.id);
  }

  of(name: string): Made {
    const found = this.known.get(name);
    if (!found) throw new Error(`the test made no ${name}`);
    return found;
  }
}

/** A pod template that every check accepts. */
export function template(more: Bag = {}, container: Bag = {}): Bag {
  return {
    metadata: { labels: { app: 'web' } },
    spec: { containers: [{ name: 'web', image: 'registry.example/web:1', ...container }], ...more },
  };
}

export function workload(more: Bag = {}, container: Bag = {}): Bag {
  return { spec: { selector: { matchLabels: { app: 'web' } }, template: template({}, container), ...more } };
}

export function store(more: Bag = {}): Bag {
  const claim = {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '8Gi' } } },
  };
  return {
    metadata: { name: 'db' },
    spec: { ...(workload().spec as Bag), serviceName: 'db', replicas: 1, volumeClaimTemplates: [claim], ...more },
  };
}

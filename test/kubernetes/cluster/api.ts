import type { Access } from '../../../sandbox/kubernetes/config';
import { ApiClient, ApiError } from '../../../sandbox/kubernetes/live/client';
import { Discovery, pathOf } from '../../../sandbox/kubernetes/live/discovery';
import type { Kind } from '../../../sandbox/kubernetes/kind';
import type { Bag } from '../../../sandbox/model/values';

/** What tests read of an object; more is under `spec` and `status`. */
export interface LiveObject {
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    generation?: number;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { kind: string; name: string }[];
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each kind has fields of its own, looked at by tests alone
  spec?: any;
  status?: Status;
  data?: Record<string, string>;
}

interface Status {
  phase?: string;
  conditions?: { type: string; status: string; reason?: string; message?: string }[];
  replicas?: number;
  readyReplicas?: number;
  currentReplicas?: number;
  desiredReplicas?: number;
}

/** What a test does to a cluster by hand, as `kubectl` would. */
export class ClusterApi {
  private readonly client: ApiClient;
  private readonly discovery: Discovery;

  constructor(access: Access) {
    this.client = new ApiClient(access);
    this.discovery = new Discovery(this.client);
  }

  close(): void {
    this.client.close();
  }

  async isReady(): Promise<boolean> {
    try {
      await this.client.call({ method: 'GET', path: '/readyz' });
      return true;
    } catch {
      return false;
    }
  }

  async get(apiVersion: string, kind: string, namespace: string, name: string): Promise<LiveObject | undefined> {
    const path = await this.pathOf(apiVersion, kind, namespace, name);
    return (await this.client.find(path)) as LiveObject | undefined;
  }

  async must(apiVersion: string, kind: string, namespace: string, name: string): Promise<LiveObject> {
    const found = await this.get(apiVersion, kind, namespace, name);
    if (!found) throw new Error(`there is no ${kind} ${namespace}/${name}`);
    return found;
  }

  /** All of a kind in a namespace; everywhere without one. */
  async list(apiVersion: string, kind: string, namespace = '', selector = ''): Promise<LiveObject[]> {
    const { root, plural } = await this.discovery.must(kindNamed(apiVersion, kind));
    const path = namespace === '' ? `${root}/${plural}` : `${root}/namespaces/${namespace}/${plural}`;
    const answer = await this.client.call({ method: 'GET', path, query: { labelSelector: selector } });
    // In a list the server does not say the kind of each.
    return (answer.items as unknown as LiveObject[]).map((item) => ({ ...item, kind }));
  }

  /** Server-side apply, in the name of somebody who is not the program. */
  async apply(object: Bag, manager = 'test'): Promise<LiveObject> {
    const { apiVersion, kind, metadata } = object as unknown as LiveObject & { apiVersion: string };
    const path = await this.pathOf(apiVersion, kind, metadata.namespace ?? '', metadata.name);
    const query = { fieldManager: manager, force: 'true' };
    const contentType = 'application/apply-patch+yaml';
    const made = await this.client.call({ method: 'PATCH', path, query, contentType, body: object });
    if (kind !== 'Node') return made as unknown as LiveObject;
    // Kubelets report what a node has; it is a part of its status.
    const status = await this.client.call({
      method: 'PATCH',
      path: `${path}/status`,
      query,
      contentType,
      body: object,
    });
    return status as unknown as LiveObject;
  }

  /** As `kubectl apply --server-side --dry-run=server --validate=strict`: nothing is kept, and no field is overlooked. */
  async tryStrictly(object: Bag): Promise<void> {
    const { apiVersion, kind, metadata } = object as unknown as LiveObject & { apiVersion: string };
    const path = await this.pathOf(apiVersion, kind, metadata.namespace ?? '', metadata.name);
    const query = { fieldManager: 'test', force: 'true', dryRun: 'All', fieldValidation: 'Strict' };
    await this.client.call({ method: 'PATCH', path, query, contentType: 'application/apply-patch+yaml', body: object });
  }

  async patch(object: LiveObject, apiVersion: string, change: Bag): Promise<void> {
    const path = await this.pathOf(apiVersion, object.kind, object.metadata.namespace ?? '', object.metadata.name);
    await this.client.call({ method: 'PATCH', path, contentType: 'application/merge-patch+json', body: change });
  }

  async remove(apiVersion: string, kind: string, namespace: string, name: string): Promise<void> {
    await this.client.call({ method: 'DELETE', path: await this.pathOf(apiVersion, kind, namespace, name) });
  }

  /** Asks for a pod to go, as a node that is drained does. False where a disruption budget refuses. */
  async evict(namespace: string, name: string): Promise<boolean> {
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
    try {
      await this.client.call({ method: 'POST', path: `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, body });
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 429) return false;
      throw error;
    }
  }

  private async pathOf(apiVersion: string, kind: string, namespace: string, name: string): Promise<string> {
    return pathOf(await this.discovery.must(kindNamed(apiVersion, kind)), { namespace, name });
  }
}

function kindNamed(apiVersion: string, kind: string): Kind {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return { token: '', group, version, apiVersion, kind, patch: false };
}

import { createHash } from 'node:crypto';
import { hex, uuid } from '../../model/ids';
import { number, text } from '../../model/reading';
import { isBag, type Bag, type Value } from '../../model/values';
import { RELEASE, type Kind } from '../kind';
import type { Place } from '../naming';

/** What a cluster would make of an object when all goes well, by group and kind. */
const byKind: Record<string, (object: Bag, server: string) => Value> = {
  '/Namespace': () => ({ phase: 'Active' }),
  '/Service': (object, server) => ({
    loadBalancer: { ingress: text(object, 'spec.type') === 'LoadBalancer' ? [addressOf(object, server)] : [] },
  }),
  '/PersistentVolumeClaim': (object) => ({ phase: 'Bound', capacity: pick(object, 'spec.resources.requests') }),
  '/Pod': () => ({ phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }),
  'apps/Deployment': (object) => pods(object, ['replicas', 'readyReplicas', 'updatedReplicas', 'availableReplicas']),
  'apps/StatefulSet': (object) => pods(object, ['replicas', 'readyReplicas', 'updatedReplicas', 'currentReplicas']),
  'apps/DaemonSet': () => ({ desiredNumberScheduled: 1, numberReady: 1, observedGeneration: 1 }),
  'batch/Job': () => ({ succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] }),
  'helm.sh/Release': (object) => ({
    status: 'deployed',
    revision: 1,
    name: text(object, 'name') ?? '',
    namespace: text(object, 'namespace') ?? '',
    version: text(object, 'version') ?? '',
  }),
  'networking.k8s.io/Ingress': (object, server) => ({ loadBalancer: { ingress: [addressOf(object, server)] } }),
  'autoscaling/HorizontalPodAutoscaler': (object) => {
    const replicas = number(object, 'spec.minReplicas') ?? 1;
    return { currentReplicas: replicas, desiredReplicas: replicas };
  },
};

export function statusOf(kind: Kind, object: Bag, server: string): Bag {
  const status = byKind[`${kind.group}/${kind.kind}`]?.(object, server);
  return status === undefined ? {} : { status };
}

/** What a new object gets from the server besides its status. */
export function birth(kind: Kind, { namespace }: Place, object: Bag): Bag {
  if (kind.token === RELEASE) return {};
  const metadata: Bag = { uid: uuid(), creationTimestamp: new Date().toISOString(), generation: 1 };
  if (namespace !== '') metadata.namespace = namespace;
  return { metadata, ...(kind.group === '' && kind.kind === 'Service' ? { spec: addresses(object) } : {}) };
}

/** A Service has an address inside the cluster, unless it is headless or a name elsewhere. */
function addresses(object: Bag): Bag {
  const given = text(object, 'spec.clusterIP');
  if (text(object, 'spec.type') === 'ExternalName') return {};
  const clusterIP = given ?? `10.96.${parseInt(hex(2), 16)}.${parseInt(hex(2), 16)}`;
  return { clusterIP, clusterIPs: [clusterIP], type: text(object, 'spec.type') ?? 'ClusterIP' };
}

function pods(object: Bag, counts: string[]): Value {
  const replicas = number(object, 'spec.replicas') ?? 1;
  return { observedGeneration: 1, ...Object.fromEntries(counts.map((count) => [count, replicas])) };
}

function pick(object: Bag, path: string): Value {
  return path.split('.').reduce<Value>((value, key) => (isBag(value) ? (value[key] ?? {}) : {}), object);
}

/** Amazon's balancers have host names, all others addresses; always the same one for an object. */
function addressOf(object: Bag, server: string): Value {
  const seed = createHash('sha256')
    .update(text(object, 'metadata.uid') ?? '')
    .digest();
  const [, region] = /\.([a-z]{2}(?:-[a-z]+)+-\d)\.eks\.amazonaws\.com/.exec(server) ?? [];
  if (region === undefined) return { ip: `34.${seed[0]}.${seed[1]}.${seed[2]}`, ipMode: 'VIP' };
  const letters = seed.toString('hex');
  return { hostname: `k8s-${letters.slice(0, 8)}-${letters.slice(8, 18)}.elb.${region}.amazonaws.com` };
}

/** Names of the namespaces that every cluster has. */
export const builtIn = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

import { setTimeout as sleep } from 'node:timers/promises';
import type { Bag } from '../../../sandbox/model/values';
import type { ClusterApi, LiveObject } from './api';

const VERSION = 'postgresql.cnpg.io/v1';
const KIND = 'Cluster';
/** Milliseconds between two looks. */
const LOOK_EVERY = 300;
/** CloudNativePG's own annotation for what a pod was made of. */
const MADE_OF = 'cnpg.io/podSpec';

interface Instances {
  instances: number;
  imageName: string;
  resources: Bag;
  affinity: { topologyKey: string };
  topologySpreadConstraints: Bag[];
  storage: { size: string; storageClass?: string };
  plugins?: { name: string }[];
}

/**
 * Does as much of CloudNativePG's work as the scheduler sees: for each instance a claim that grows and a pod with the
 * sizes and the spread that the resource asks for, one after the other where those change. Whoever goes is made anew.
 */
export class PostgresOperator {
  constructor(private readonly api: ClusterApi) {}

  /** Until the process ends. */
  async run(): Promise<never> {
    for (;;) {
      try {
        for (const database of await this.api.list(VERSION, KIND)) await this.reconcile(database);
      } catch (error) {
        // The next look may find things settled, as an operator's does.
        console.error(error);
      }
      await sleep(LOOK_EVERY);
    }
  }

  private async reconcile(database: LiveObject): Promise<void> {
    // What is inside goes with its owner.
    if ('deletionTimestamp' in database.metadata) return;
    const { instances } = database.spec as Instances;
    for (let serial = 1; serial <= instances; serial++) {
      if (!(await this.instance(database, serial))) return;
    }
  }

  /** Whether the instance is there and ready, as the resource wants it. */
  private async instance(database: LiveObject, serial: number): Promise<boolean> {
    const namespace = database.metadata.namespace ?? '';
    const name = `${database.metadata.name}-${serial}`;
    await this.api.apply(claimOf(database, name), 'operator');
    const wanted = podOf(database, name);
    const pod = await this.api.get('v1', 'Pod', namespace, name);
    if (!pod) {
      await this.api.apply(wanted, 'operator');
      return false;
    }
    if ('deletionTimestamp' in pod.metadata) return false;
    if (
      pod.metadata.annotations?.[MADE_OF] !==
      (wanted.metadata as unknown as LiveObject['metadata']).annotations?.[MADE_OF]
    ) {
      await this.api.remove('v1', 'Pod', namespace, name);
      return false;
    }
    return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  }
}

function metadataOf({ metadata: { name: cluster, namespace, uid } }: LiveObject, name: string): Bag {
  return {
    name,
    namespace: namespace ?? '',
    labels: { 'cnpg.io/cluster': cluster, 'cnpg.io/instanceName': name },
    ownerReferences: [{ apiVersion: VERSION, kind: KIND, name: cluster, uid, controller: true }],
  };
}

function claimOf(database: LiveObject, name: string): Bag {
  const { storage } = database.spec as Instances;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadataOf(database, name),
    spec: {
      accessModes: ['ReadWriteOnce'],
      ...(storage.storageClass !== undefined && { storageClassName: storage.storageClass }),
      resources: { requests: { storage: storage.size } },
    },
  };
}

function podOf(database: LiveObject, name: string): Bag {
  const spec = database.spec as Instances;
  const labelSelector = { matchLabels: { 'cnpg.io/cluster': database.metadata.name } };
  const securityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  };
  const { topologyKey } = spec.affinity;
  const inside: Bag = {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { topologyKey, labelSelector } },
        ],
      },
    },
    topologySpreadConstraints: spec.topologySpreadConstraints,
    securityContext: { runAsNonRoot: true, runAsUser: 26, fsGroup: 26, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'postgres',
        image: spec.imageName,
        resources: spec.resources,
        securityContext,
        volumeMounts: [{ name: 'pgdata', mountPath: '/var/lib/postgresql/data' }],
      },
    ],
    volumes: [{ name: 'pgdata', persistentVolumeClaim: { claimName: name } }],
  };
  const metadata = { ...metadataOf(database, name), annotations: { [MADE_OF]: JSON.stringify(inside) } };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: inside };
}

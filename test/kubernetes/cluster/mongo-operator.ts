import { setTimeout as sleep } from 'node:timers/promises';
import type { Bag } from '../../../sandbox/model/values';
import type { ClusterApi, LiveObject } from './api';

const VERSION = 'psmdb.percona.com/v1';
const KIND = 'PerconaServerMongoDB';
/** Milliseconds between two looks. */
const LOOK_EVERY = 300;

interface ReplicaSet {
  name: string;
  size: number;
  resources: Bag;
  affinity: { advanced: Bag };
  podSecurityContext: Bag;
  containerSecurityContext: Bag;
  volumeSpec: { persistentVolumeClaim: Bag };
}

/**
 * Does as much of the Percona operator's work as the scheduler sees: members with the sizes, volumes and spread that
 * the resource asks for, and the end of them when it is deleted.
 */
export class MongoOperator {
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
    const { name, namespace = '' } = database.metadata;
    for (const replicaSet of database.spec.replsets as ReplicaSet[]) {
      const members = `${name}-${replicaSet.name}`;
      if (!('deletionTimestamp' in database.metadata)) {
        await this.api.apply(
          membersOf(name, namespace, members, database.spec.image as string, replicaSet),
          'operator',
        );
      } else if (await this.api.get('apps/v1', 'StatefulSet', namespace, members)) {
        await this.api.remove('apps/v1', 'StatefulSet', namespace, members);
      }
    }
    // Its finalizers are the operator's to take away.
    if ('deletionTimestamp' in database.metadata) {
      await this.api.patch(database, VERSION, { metadata: { finalizers: null } });
    }
  }
}

function membersOf(database: string, namespace: string, name: string, image: string, asked: ReplicaSet): Bag {
  const labels = {
    'app.kubernetes.io/name': 'percona-server-mongodb',
    'app.kubernetes.io/instance': database,
    'app.kubernetes.io/replset': asked.name,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace, labels },
    spec: {
      serviceName: name,
      replicas: asked.size,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          affinity: asked.affinity.advanced,
          securityContext: asked.podSecurityContext,
          containers: [
            {
              name: 'mongod',
              image,
              resources: asked.resources,
              securityContext: asked.containerSecurityContext,
              volumeMounts: [{ name: 'mongod-data', mountPath: '/data/db' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'mongod-data' }, spec: asked.volumeSpec.persistentVolumeClaim }],
    },
  };
}

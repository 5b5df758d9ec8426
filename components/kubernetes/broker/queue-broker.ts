import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { PASSWORD_KEY } from '../cache/pod';
import { disruptionBudget } from '../disruption-budget';
import { labelsOf, selectorOf } from '../labels';
import { fromAny } from '../network-policies';
import { storeSizeOf } from '../store-size';
import { faultsOf, type QueueBrokerArgs } from './arguments';
import { brokerConfig } from './broker-config';
import { brokerPod, DATA, OWN_FILE } from './pod';

export type { QueueBrokerArgs };

/** At every phase: Kubernetes lets nobody change it later. Four times the largest broker's memory. */
const VOLUME = '8Gi';

/**
 * What jobs wait in: one Valkey, not sharded, that never drops a job (`noeviction`) and has each on disk within a second.
 * A pod that is lost comes back on its volume with its jobs, within a minute or so; nothing stands in for it meanwhile,
 * and whoever puts jobs in must try again. A password is asked of every client and traffic is not encrypted, as with the
 * cache; a NetworkPolicy lets the clients in and nobody else, and the broker itself nowhere.
 *
 * Cost: one pod of the stated size and 8 GiB of volume. At `500m/2Gi`: half a processor and 2 GiB of the nodes.
 *
 * ```ts
 * const broker = new QueueBroker('sv-sdk-prod-broker', {
 *   identity: { name: 'broker', instance: 'sv-sdk-prod' }, namespace: namespace.name, engineVersion: '8.0',
 *   nodeType: '250m/512Mi', port: 6379, clients: [selectorOf(worker.identity)], protect: true,
 * });
 * ```
 */
export class QueueBroker extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  /** `redis://:password@host:port/0`, an output that stays secret. Known when the broker is there. */
  readonly url: pulumi.Output<string>;
  readonly statefulSet: k8s.apps.v1.StatefulSet;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: QueueBrokerArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('QueueBroker', name, faultsOf(args));
    super('stackladder:kubernetes:QueueBroker', name, {}, opts);
    const { identity, namespace, port } = args;
    const password = new random.RandomPassword(
      nameOf('random', name, 'password'),
      // Letters and digits alone need no escaping in a URL, nor in Valkey's file.
      { length: 48, special: false },
      { parent: this, protect: args.protect },
    );
    const secretName = this.passwordSecret(name, args, password);
    const policy = this.networkPolicy(name, args);
    this.statefulSet = this.createStatefulSet(name, args, secretName, policy);
    this.service(name, args);
    disruptionBudget(name, args, { parent: this });
    this.host = pulumi.interpolate`${identity.name}.${namespace}.svc.cluster.local`;
    this.url = pulumi.secret(
      pulumi
        .all([password.result, this.host, this.statefulSet.id])
        .apply(([secret, host]) => `redis://:${secret}@${host}:${port}/0`),
    );
    this.registerOutputs({ host: this.host });
  }

  private passwordSecret(name: string, args: QueueBrokerArgs, password: random.RandomPassword) {
    const secret = new k8s.core.v1.Secret(
      nameOf('kubernetes', name),
      {
        metadata: { namespace: args.namespace, labels: labelsOf(args.identity) },
        type: 'Opaque',
        immutable: true,
        stringData: { [PASSWORD_KEY]: password.result },
      },
      { parent: this },
    );
    return secret.metadata.name;
  }

  private networkPolicy(name: string, args: QueueBrokerArgs): k8s.networking.v1.NetworkPolicy {
    return new k8s.networking.v1.NetworkPolicy(
      nameOf('kubernetes', name),
      {
        metadata: metadataOf(args),
        spec: {
          podSelector: { matchLabels: selectorOf(args.identity) },
          policyTypes: ['Ingress', 'Egress'],
          ingress: [fromAny(args.clients, args.port)],
        },
      },
      { parent: this },
    );
  }

  private createStatefulSet(
    name: string,
    args: QueueBrokerArgs,
    secretName: pulumi.Input<string>,
    policy: pulumi.Resource,
  ): k8s.apps.v1.StatefulSet {
    const { port, identity, nodeType } = args;
    const { memoryMib } = storeSizeOf(nodeType);
    const config = new k8s.core.v1.ConfigMap(
      nameOf('kubernetes', name),
      {
        metadata: { namespace: args.namespace, labels: labelsOf(identity) },
        immutable: true,
        data: { 'valkey.conf': brokerConfig({ port, memoryMib, data: DATA, ownFile: OWN_FILE }) },
      },
      { parent: this },
    );
    return new k8s.apps.v1.StatefulSet(
      nameOf('kubernetes', name),
      {
        metadata: metadataOf(args),
        spec: {
          replicas: 1,
          serviceName: identity.name,
          selector: { matchLabels: selectorOf(identity) },
          updateStrategy: { type: 'RollingUpdate' },
          persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
          revisionHistoryLimit: 5,
          template: brokerPod(args, { configName: config.metadata.name, secretName }),
          volumeClaimTemplates: [
            {
              metadata: { name: 'data' },
              spec: {
                accessModes: ['ReadWriteOnce'],
                storageClassName: args.storageClass,
                resources: { requests: { storage: VOLUME } },
              },
            },
          ],
        },
      },
      { parent: this, dependsOn: policy, protect: args.protect },
    );
  }

  /** Headless: clients reach the pod's own address, and a set of one needs no other. */
  private service(name: string, args: QueueBrokerArgs): void {
    new k8s.core.v1.Service(
      nameOf('kubernetes', name),
      {
        metadata: metadataOf(args),
        spec: {
          clusterIP: 'None',
          selector: selectorOf(args.identity),
          ports: [{ name: 'valkey', port: args.port, targetPort: 'valkey' }],
        },
      },
      { parent: this },
    );
  }
}

function metadataOf({ identity, namespace }: QueueBrokerArgs) {
  return { name: identity.name, namespace, labels: labelsOf(identity) };
}

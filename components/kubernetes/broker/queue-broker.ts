import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { disruptionBudget } from '../disruption-budget';
import { metadataOf, selectorOf } from '../labels';
import { letThrough } from '../let-through';
import { fromAny } from '../network-policies';
import { storeSizeOf } from '../store-size';
import { DATA, imageOf, keptSet, OWN_FILE, valkeyFile, valkeyPassword, valkeyPod, valkeyVolumes } from '../valkey-node';
import { faultsOf, type QueueBrokerArgs } from './arguments';
import { brokerConfig } from './broker-config';
import { startScript } from './start';

export type { QueueBrokerArgs };

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
    const { password, secretName } = valkeyPassword(name, args, this);
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

  private networkPolicy(name: string, args: QueueBrokerArgs): k8s.networking.v1.NetworkPolicy {
    return letThrough(name, args, { ingress: [fromAny(args.clients, args.port)] }, { parent: this });
  }

  private createStatefulSet(
    name: string,
    args: QueueBrokerArgs,
    secretName: pulumi.Input<string>,
    policy: pulumi.Resource,
  ): k8s.apps.v1.StatefulSet {
    const { port, identity, nodeType } = args;
    const { memoryMib } = storeSizeOf(nodeType);
    const file = brokerConfig({ port, memoryMib, data: DATA, ownFile: OWN_FILE });
    const config = valkeyFile(name, args, file, this);
    return new k8s.apps.v1.StatefulSet(
      nameOf('kubernetes', name),
      {
        metadata: metadataOf(args),
        spec: {
          replicas: 1,
          serviceName: identity.name,
          selector: { matchLabels: selectorOf(identity) },
          ...keptSet,
          template: valkeyPod({
            identity,
            image: imageOf(args),
            nodeType,
            port,
            script: startScript(),
            passwordVariable: 'BROKER_PASSWORD',
            configName: config.metadata.name,
            secretName,
          }),
          volumeClaimTemplates: valkeyVolumes(args.storageClass),
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

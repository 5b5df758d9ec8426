import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { measuring } from '../../../plan/nodes/workloads';
import type { QueuePlan } from '../../../plan/types';
import { must, noTwice, refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { AUTHORITIES, authorityVolumes } from '../authorities';
import { type Identity, labelsOf, selectorOf } from '../labels';
import { fromAny, fromPrometheus, toAnywhere, toDns } from '../network-policies';
import type { Authority } from '../surroundings';
import { pinnedImage } from '../workload/arguments';
import { parts } from './names';
import { pairOf } from './pair';
import { EXPORTER_PORT } from './prometheus-config';
import { queueScript } from './queue-script';

export interface QueueExporterArgs {
  /** What it is called, and the stack that it belongs to. */
  identity: Identity;
  namespace: pulumi.Input<string>;
  /** URL of the broker, `redis://` or `rediss://`, user and password included. A change rolls the pods over. */
  url: pulumi.Input<string>;
  /** Port that the broker answers on. */
  port: number;
  /** What is measured. */
  queues: QueuePlan[];
  /** Certificate authorities of stores. Default: those of the image. */
  authorities?: Record<string, Authority>;
  /** Default: redis_exporter 1.74.0. */
  image?: string;
}

export const EXPORTER_IMAGE = 'docker.io/oliver006/redis_exporter:v1.74.0';
const SCRIPTS = '/etc/stackladder/queues';
const KEY = 'REDIS_ADDR';

/**
 * Asks the broker how much waits in each queue, every time that Prometheus asks: `redis_script_values`, and besides how
 * the broker is. Nothing in a cluster knows the depth of a queue of its own accord.
 *
 * Cost: 2 × 20m of CPU and 2 × 32Mi of the nodes.
 *
 * ```ts
 * new QueueExporter('sv-sdk-prod-queues', {
 *   identity: { name: 'metrics-queues', instance: 'sv-sdk-prod' }, namespace: namespace.name, url, port: 6379,
 *   queues: [{ name: 'email', key: 'bull:email:wait', library: 'bullmq' }],
 * });
 * ```
 */
export class QueueExporter extends pulumi.ComponentResource {
  readonly deployment: k8s.apps.v1.Deployment;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: QueueExporterArgs, opts?: pulumi.ComponentResourceOptions) {
    const image = args.image ?? EXPORTER_IMAGE;
    refuseFaults('QueueExporter', name, [
      pinnedImage('image', image),
      wholeNumber('port', args.port, 1, 65_535),
      must(args.queues.length > 0, 'queues', 'there is nothing to measure'),
      ...noTwice(
        'queues',
        args.queues.map((queue) => queue.name),
      ),
      ...args.queues.map(({ key }, at) => must(/^[^\s]+$/.test(key), `queues[${at}].key`, `"${key}" is no key`)),
    ]);
    super('stackladder:kubernetes:QueueExporter', name, {}, opts);
    const metadata = { namespace: args.namespace, labels: labelsOf(args.identity) };
    const script = new k8s.core.v1.ConfigMap(
      nameOf('kubernetes', name),
      { metadata, immutable: true, data: { 'queues.lua': queueScript(args.queues) } },
      { parent: this },
    );
    const secret = new k8s.core.v1.Secret(
      nameOf('kubernetes', name),
      { metadata, type: 'Opaque', immutable: true, stringData: { [KEY]: pulumi.secret(args.url) } },
      { parent: this },
    );
    const { volumes, mounts } = authorityVolumes(args.authorities);
    const trust = mounts.length > 0 ? [{ name: 'SSL_CERT_DIR', value: AUTHORITIES }] : [];
    const prometheus = selectorOf({ ...args.identity, name: parts.prometheus });
    const probe = { httpGet: { path: '/health', port: 'main' }, timeoutSeconds: 5 };
    const { deployment } = pairOf(
      name,
      {
        ...args,
        container: {
          name: 'exporter',
          image,
          args: [`--web.listen-address=:${EXPORTER_PORT}`, `--script=${SCRIPTS}/queues.lua`],
          env: [{ name: KEY, valueFrom: { secretKeyRef: { name: secret.metadata.name, key: KEY } } }, ...trust],
          readinessProbe: { ...probe, periodSeconds: 10 },
          livenessProbe: { tcpSocket: { port: 'main' }, timeoutSeconds: 5, periodSeconds: 20 },
          volumeMounts: [{ name: 'script', mountPath: SCRIPTS, readOnly: true }, ...mounts],
        },
        port: EXPORTER_PORT,
        requests: measuring.queues,
        limits: { cpu: '200m', memory: '64Mi' },
        volumes: [{ name: 'script', configMap: { name: script.metadata.name } }, ...volumes],
        headless: true,
        ingress: [fromAny([prometheus], EXPORTER_PORT), fromPrometheus(EXPORTER_PORT)],
        egress: [toDns, toAnywhere(args.port)],
      },
      { parent: this },
    );
    this.deployment = deployment;
    this.registerOutputs({});
  }
}

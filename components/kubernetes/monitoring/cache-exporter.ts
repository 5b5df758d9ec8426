import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { measuring } from '../../../plan/nodes/workloads';
import { refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { AUTHORITIES, authorityVolumes } from '../authorities';
import { type Identity, labelsOf, metadataOf, selectorOf } from '../labels';
import { pairOf } from '../metrics/pair';
import { EXPORTER_PORT } from '../metrics/prometheus-config';
import { EXPORTER_IMAGE } from '../metrics/queue-exporter';
import { fromPrometheus, toAnywhere, toDns } from '../network-policies';
import type { Authority } from '../surroundings';
import { pinnedImage } from '../workload/arguments';

export interface CacheExporterArgs {
  /** What it is called; its series come with this as their `service`. */
  identity: Identity;
  namespace: pulumi.Input<string>;
  /** URL of the cache, password included. A change rolls the pods over. */
  url: pulumi.Input<string>;
  /** Ports that the cache may answer on. */
  ports: number[];
  /** `host:port` of every node, each asked for itself. Default: whoever answers at the URL. */
  nodes?: string[];
  /** Certificate authorities of stores. Default: those of the image. */
  authorities?: Record<string, Authority>;
  /** Default: redis_exporter 1.74.0. */
  image?: string;
}

/**
 * Asks the cache how it is, every time that Prometheus asks: memory, hits, evictions. The Prometheus operator's kinds must
 * be on the cluster.
 *
 * Cost: 2 × 20m of CPU and 2 × 32Mi of the nodes.
 *
 * ```ts
 * new CacheExporter('sv-sdk-prod-cache-metrics', {
 *   identity: { name: 'metrics-cache', instance: 'sv-sdk-prod' }, namespace: namespace.name, url: cache.url, ports: [6379],
 * });
 * ```
 */
export class CacheExporter extends pulumi.ComponentResource {
  readonly deployment: k8s.apps.v1.Deployment;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: CacheExporterArgs, opts?: pulumi.ComponentResourceOptions) {
    const image = args.image ?? EXPORTER_IMAGE;
    refuseFaults('CacheExporter', name, [
      pinnedImage('image', image),
      ...args.ports.map((port, at) => wholeNumber(`ports[${at}]`, port, 1, 65_535)),
    ]);
    super('stackladder:kubernetes:CacheExporter', name, {}, opts);
    const secret = new k8s.core.v1.Secret(
      nameOf('kubernetes', name),
      {
        metadata: { namespace: args.namespace, labels: labelsOf(args.identity) },
        type: 'Opaque',
        immutable: true,
        stringData: pulumi.secret({ REDIS_ADDR: args.url, REDIS_PASSWORD: passwordOf(args.url) }),
      },
      { parent: this },
    );
    const { volumes, mounts } = authorityVolumes(args.authorities);
    const from = (key: string) => ({ name: key, valueFrom: { secretKeyRef: { name: secret.metadata.name, key } } });
    const trust = mounts.length > 0 ? [{ name: 'SSL_CERT_DIR', value: AUTHORITIES }] : [];
    const probe = { httpGet: { path: '/health', port: 'main' }, timeoutSeconds: 5 };
    this.deployment = pairOf(
      name,
      {
        ...args,
        container: {
          name: 'exporter',
          image,
          args: [`--web.listen-address=:${EXPORTER_PORT}`],
          // Of nodes the password alone is known, and of a URL the password is in it.
          env: [args.nodes ? from('REDIS_PASSWORD') : from('REDIS_ADDR'), ...trust],
          readinessProbe: { ...probe, periodSeconds: 10 },
          livenessProbe: { tcpSocket: { port: 'main' }, timeoutSeconds: 5, periodSeconds: 20 },
          volumeMounts: mounts,
        },
        port: EXPORTER_PORT,
        requests: measuring.queues,
        limits: { cpu: '200m', memory: '64Mi' },
        volumes,
        headless: true,
        ingress: [fromPrometheus(EXPORTER_PORT)],
        egress: [toDns, toAnywhere(...args.ports)],
      },
      { parent: this },
    ).deployment;
    this.monitor(name, args);
    this.registerOutputs({});
  }

  private monitor(name: string, { identity, namespace, nodes }: CacheExporterArgs): void {
    const common = { port: 'main', interval: '30s' };
    new k8s.apiextensions.CustomResource(
      nameOf('kubernetes', name, 'monitor'),
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata: metadataOf({ identity, namespace }),
        spec: {
          selector: { matchLabels: selectorOf(identity) },
          endpoints: nodes
            ? nodes.map((node) => ({
                ...common,
                path: '/scrape',
                params: { target: [`redis://${node}`] },
                relabelings: [{ targetLabel: 'node', replacement: node }],
              }))
            : [common],
        },
      },
      { parent: this },
    );
  }
}

/**
 * The password in a URL such as `redis://:password@host:6379`; ours are letters and digits, others are escaped there. Read
 * by its form: in a plan a placeholder stands for the host, which no parser of URLs takes.
 */
function passwordOf(url: pulumi.Input<string>): pulumi.Output<string> {
  const password = (text: string): string => /^\w+:\/\/[^:@/]*:([^@]*)@/.exec(text)?.[1] ?? '';
  return pulumi.output(url).apply((text) => decodeURIComponent(password(text)));
}

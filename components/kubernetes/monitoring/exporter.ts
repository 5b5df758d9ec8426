import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { authorityVolumes } from '../authorities';
import { disruptionBudget } from '../disruption-budget';
import { type Identity, labelsOf, metadataOf, podLabelsOf, selectorOf } from '../labels';
import { letThrough } from '../let-through';
import { fromPrometheus, toAnywhere, toDns } from '../network-policies';
import { containerSecurity, podSecurity } from '../pod-security';
import { spreadOver } from '../spread';
import type { Authority } from '../surroundings';
import { pinnedImage } from '../workload/arguments';

export interface DatabaseExporterArgs {
  /** What it is called; its series come with `job="mongodb"` whatever its name. */
  identity: Identity;
  namespace: pulumi.Input<string>;
  /** URL of the database, user and password included. A change rolls the pods over. */
  url: pulumi.Input<string>;
  /** Ports that the database may answer on. */
  ports: number[];
  /** Certificate authorities of stores inside the cluster. Default: none. */
  authorities?: Record<string, Authority>;
  /** Default: Percona's MongoDB exporter 0.47.1. */
  image?: string;
}

const DEFAULT_IMAGE = 'docker.io/percona/mongodb_exporter:0.47.1';
const PORT = 9216;

/**
 * Asks the document database how it is, every time that Prometheus asks: `mongodb_up`. The database may be in the
 * cluster, at Atlas or anywhere else that its URL leads to. Two replicas, since one that is being moved would look like
 * a database that is gone.
 *
 * Cost: 2 × 20m of CPU and 2 × 64Mi of the nodes.
 *
 * ```ts
 * new DatabaseExporter('pulse-prod-mongodb', {
 *   identity: { name: 'api-mongodb', instance: 'pulse-prod' }, namespace: namespace.name, url, ports: [27017],
 * });
 * ```
 */
export class DatabaseExporter extends pulumi.ComponentResource {
  readonly deployment: k8s.apps.v1.Deployment;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: DatabaseExporterArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('DatabaseExporter', name, [
      pinnedImage('image', args.image ?? DEFAULT_IMAGE),
      ...args.ports.map((port, at) => wholeNumber(`ports[${at}]`, port, 1, 65_535)),
    ]);
    super('stackladder:kubernetes:DatabaseExporter', name, {}, opts);
    const metadata = metadataOf(args);
    const matchLabels = selectorOf(args.identity);
    const spec = { selector: { matchLabels } };
    letThrough(
      name,
      args,
      { ingress: [fromPrometheus(PORT)], egress: [toDns, toAnywhere(...args.ports)] },
      { parent: this },
    );
    this.deployment = this.createDeployment(name, args, metadata);
    new k8s.core.v1.Service(
      nameOf('kubernetes', name),
      {
        metadata: { ...metadata, labels: { ...metadata.labels, 'stackladder.dev/job': 'mongodb' } },
        spec: {
          clusterIP: 'None',
          selector: matchLabels,
          ports: [{ name: 'metrics', port: PORT, targetPort: 'metrics' }],
        },
      },
      { parent: this },
    );
    disruptionBudget(name, args, { parent: this });
    new k8s.apiextensions.CustomResource(
      nameOf('kubernetes', name, 'monitor'),
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata,
        spec: { ...spec, jobLabel: 'stackladder.dev/job', endpoints: [{ port: 'metrics', interval: '30s' }] },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }

  private createDeployment(
    name: string,
    args: DatabaseExporterArgs,
    metadata: k8s.types.input.meta.v1.ObjectMeta,
  ): k8s.apps.v1.Deployment {
    const secret = new k8s.core.v1.Secret(
      nameOf('kubernetes', name),
      {
        metadata: { namespace: args.namespace, labels: labelsOf(args.identity) },
        type: 'Opaque',
        immutable: true,
        stringData: { MONGODB_URI: pulumi.secret(args.url) },
      },
      { parent: this },
    );
    const { volumes, mounts } = authorityVolumes(args.authorities);
    const probe = { httpGet: { path: '/', port: 'metrics' }, timeoutSeconds: 5 };
    const key = 'MONGODB_URI';
    return new k8s.apps.v1.Deployment(
      nameOf('kubernetes', name),
      {
        metadata,
        spec: {
          replicas: 2,
          selector: { matchLabels: selectorOf(args.identity) },
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
          revisionHistoryLimit: 2,
          template: {
            metadata: { labels: podLabelsOf(args.identity) },
            spec: {
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              securityContext: podSecurity,
              topologySpreadConstraints: spreadOver(selectorOf(args.identity)),
              containers: [
                {
                  name: 'exporter',
                  image: args.image ?? DEFAULT_IMAGE,
                  imagePullPolicy: 'Always',
                  // The URL may name a whole replica set: asked as such, not as the one member that answers first.
                  args: ['--no-mongodb.direct-connect', `--web.listen-address=:${PORT}`],
                  ports: [{ name: 'metrics', containerPort: PORT }],
                  env: [{ name: key, valueFrom: { secretKeyRef: { name: secret.metadata.name, key } } }],
                  resources: {
                    requests: { cpu: '20m', memory: '64Mi', 'ephemeral-storage': '16Mi' },
                    limits: { cpu: '200m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
                  },
                  securityContext: containerSecurity,
                  readinessProbe: { ...probe, periodSeconds: 10 },
                  livenessProbe: { tcpSocket: { port: 'metrics' }, periodSeconds: 20 },
                  volumeMounts: mounts,
                },
              ],
              volumes,
            },
          },
        },
      },
      { parent: this },
    );
  }
}

import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { pgbouncerIni, userlist } from '../../pooler/pgbouncer-ini';
import { disruptionBudget } from '../disruption-budget';
import { labelsOf, metadataOf, selectorOf } from '../labels';
import { letThrough } from '../let-through';
import { fromAny, toAnywhere, toDns } from '../network-policies';
import { faultsOf, type PoolerArgs } from './arguments';
import { poolerPod } from './pod';
import { USERLIST } from './start';

export type { PoolerArgs };

/**
 * PgBouncer between pods and a database: a Deployment with a Service in front. However many pods there are, the database
 * sees pods × pool size connections. To the database it speaks TLS; from the pods, inside the namespace, it does not. Its
 * configuration and its list of users have names that change with what is in them, so a rotated password rolls the pods
 * over: a new one is there before an old one goes, and an old one lets what runs end.
 *
 * Cost: pods × 100m of CPU and 64Mi of the nodes. Two: 0.2 vCPU.
 *
 * ```ts
 * const pooler = new Pooler('sv-sdk-prod-svsdk-pooler', {
 *   identity: { name: 'svsdk-pooler', instance: 'sv-sdk-prod' }, namespace: namespace.name, pooler: plan.pooler,
 *   databases: [{ name: 'svsdk', host, port: 5432, database: 'svsdk', user: 'svsdk', password }],
 *   clients: [selectorOf(app.identity)], requests: { cpu: '100m', memory: '64Mi' },
 * });
 * export const url = pooler.url('svsdk');
 * ```
 */
export class Pooler extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  readonly port: number;
  readonly deployment: k8s.apps.v1.Deployment;
  private readonly databases: PoolerArgs['databases'];

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: PoolerArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('Pooler', name, faultsOf(args));
    super('stackladder:kubernetes:Pooler', name, {}, opts);
    this.port = args.pooler.port;
    this.databases = args.databases;
    const policy = this.networkPolicy(name, args);
    this.deployment = this.createDeployment(name, args, policy);
    this.service(name, args);
    disruptionBudget(name, args, { parent: this });
    this.host = pulumi.interpolate`${args.identity.name}.${args.namespace}.svc.cluster.local`;
    this.registerOutputs({ host: this.host });
  }

  /** `postgres://user:password@host:port/name` of one of its databases, an output that stays secret. */
  url(name: string): pulumi.Output<string> {
    const found = this.databases.find((database) => database.name === name);
    if (!found) throw new Error(`there is no ${name} behind this pooler`);
    return pulumi.secret(
      pulumi
        .all([found.password, this.host])
        .apply(([password, host]) => `postgres://${found.user}:${password}@${host}:${this.port}/${name}`),
    );
  }

  private networkPolicy(name: string, args: PoolerArgs): k8s.networking.v1.NetworkPolicy {
    return letThrough(
      name,
      args,
      {
        ingress: [fromAny(args.clients, args.pooler.port)],
        egress: [toDns, toAnywhere(...args.databases.map(({ port }) => port))],
      },
      { parent: this },
    );
  }

  private createDeployment(name: string, args: PoolerArgs, policy: pulumi.Resource): k8s.apps.v1.Deployment {
    const metadata = { namespace: args.namespace, labels: labelsOf(args.identity) };
    const config = new k8s.core.v1.ConfigMap(
      nameOf('kubernetes', name),
      { metadata, immutable: true, data: { 'pgbouncer.ini': this.configuration(args) } },
      { parent: this },
    );
    const users = new k8s.core.v1.Secret(
      nameOf('kubernetes', name),
      { metadata, type: 'Opaque', immutable: true, stringData: { 'userlist.txt': usersOf(args) } },
      { parent: this },
    );
    return new k8s.apps.v1.Deployment(
      nameOf('kubernetes', name),
      {
        metadata: {
          ...metadataOf(args),
          // kube-score wants two different probes. PgBouncer without a password answers to nothing but a connection.
          annotations: { 'kube-score/ignore': 'pod-probes-identical' },
        },
        spec: {
          replicas: args.pooler.pods,
          selector: { matchLabels: selectorOf(args.identity) },
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
          revisionHistoryLimit: 5,
          template: poolerPod(args, { configName: config.metadata.name, secretName: users.metadata.name }),
        },
      },
      { parent: this, dependsOn: policy },
    );
  }

  private configuration({ pooler, databases }: PoolerArgs): pulumi.Output<string> {
    return pulumi.all(databases.map(({ host }) => host)).apply((hosts) =>
      pgbouncerIni({
        listenAddress: '*',
        pooler,
        authFile: USERLIST,
        databases: databases.map(({ name, port, database }, at) => ({ name, host: hosts[at]!, port, database })),
        tls: 'require',
      }),
    );
  }

  private service(name: string, args: PoolerArgs): void {
    new k8s.core.v1.Service(
      nameOf('kubernetes', name),
      {
        metadata: metadataOf(args),
        spec: {
          selector: selectorOf(args.identity),
          ports: [{ name: 'postgres', port: args.pooler.port, targetPort: 'postgres' }],
        },
      },
      { parent: this },
    );
  }
}

/** A line for each user. */
function usersOf({ databases }: PoolerArgs): pulumi.Output<string> {
  const passwords = new Map(databases.map(({ user, password }) => [user, password]));
  const lines = [...passwords].map(([user, password]) => pulumi.output(password).apply((text) => userlist(user, text)));
  return pulumi.secret(pulumi.all(lines).apply((all) => all.join('')));
}

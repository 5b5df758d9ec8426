import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { majorVersion } from '../database/arguments';
import { letIn } from '../database/trusted-sources';
import { lifeOf } from './adoption';
import { checkSqlClusterArgs, type SqlClusterArgs } from './arguments';
import { engines, OWNER, SQL_PORT } from './engines';
import { createReplicas } from './replicas';
import { storageAutoscale, storageMib } from './storage';

export type { SqlClusterArgs } from './arguments';

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * A managed PostgreSQL or MySQL with TLS, encrypted at rest, reached by its private address by those that its trusted
 * sources name. It grows in place: to a bigger node, to one with a standby, to more readers, and its storage by itself.
 * Backups of seven days, to any moment, go with the cluster, so `protect` is what stands before its data.
 *
 * Services use the cluster's owner, `doadmin`. A further user that DigitalOcean's API makes may not create a table from
 * PostgreSQL 15 on, and the API has no grant; the cluster holds this one database. Nor can the API be given a password:
 * `doctl databases user reset` makes a new one, and `pulumi up --refresh` takes it up.
 *
 * Cost: (nodes + readers) × price of the size. db-s-1vcpu-2gb: 30.45 USD a month; db-s-4vcpu-8gb with a standby and two
 * readers: 4 × 120 = 480. Storage above what the size brings is billed by the GiB (DigitalOcean's price page).
 *
 * ```ts
 * const database = new SqlCluster('sv-sdk-prod-app', {
 *   region: 'nyc3', vpcId: network.vpcId, engine: 'postgres', version: '17', size: 'db-s-2vcpu-4gb', database: 'app',
 *   standby: true, storage: { initialGb: 60, freePercent: 20 }, maintenance: { day: 7, startsAt: '04:30' },
 *   readers: [], trustedSources: [{ type: 'tag', value: clients.name }], protect: true, tags: [],
 * });
 * ```
 */
export class SqlCluster extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  readonly port = SQL_PORT;
  readonly user = OWNER;
  /** Of the user, here and on every reader; secret. */
  readonly password: pulumi.Output<string>;
  /** Private hosts of the readers by region. */
  readonly readers: Record<string, pulumi.Output<string>[]>;
  readonly cluster: digitalocean.DatabaseCluster;
  readonly firewall: digitalocean.DatabaseFirewall;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: SqlClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    checkSqlClusterArgs(name, args);
    super('stackladder:digitalocean:SqlCluster', name, {}, opts);
    this.cluster = this.createCluster(name, args);
    this.firewall = letIn(name, this.cluster, args.trustedSources, this);
    if (!args.adopted) this.createDatabase(name, args);
    for (const [peer, vpcId] of Object.entries(args.peers ?? {})) {
      new digitalocean.VpcPeering(
        nameOf('digitalocean', name, 'peering', peer),
        { vpcIds: [vpcId, this.cluster.privateNetworkUuid] },
        { parent: this },
      );
    }
    this.readers = Object.fromEntries(
      args.readers.map((readers) => [
        readers.region,
        createReplicas(name, this.cluster, args.size, readers, this).map(({ privateHost }) => privateHost),
      ]),
    );
    this.host = this.cluster.privateHost;
    this.password = pulumi.secret(this.cluster.password);
    this.registerOutputs({ host: this.host, port: this.port });
  }

  private createCluster(name: string, args: SqlClusterArgs): digitalocean.DatabaseCluster {
    const { storage, maintenance, size } = args;
    return new digitalocean.DatabaseCluster(
      nameOf('digitalocean:databaseCluster', name),
      {
        engine: engines[args.engine].slug,
        version: majorVersion(args.version),
        region: args.region,
        privateNetworkUuid: args.vpcId,
        size,
        nodeCount: args.standby ? 2 : 1,
        storageSizeMib: storageMib(size, storage.initialGb),
        storageAutoscale: storageAutoscale(storage),
        maintenanceWindows: [{ day: days[maintenance.day - 1]!, hour: maintenance.startsAt }],
        tags: args.tags,
      },
      {
        parent: this,
        protect: args.protect,
        customTimeouts: { create: '60m', update: '2h' },
        ...lifeOf(args.adopted),
      },
    );
  }

  private createDatabase(name: string, { database, protect }: SqlClusterArgs): void {
    new digitalocean.DatabaseDb(
      nameOf('digitalocean:databaseDb', name),
      { clusterId: this.cluster.id, name: database },
      { parent: this, protect },
    );
  }
}

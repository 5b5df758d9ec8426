import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { mongodbPort } from '../../../plan/database-ports';
import { must, oneOf, refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { databaseFaults, majorVersion, type DatabaseArgs } from './arguments';
import { withUser } from './connection-url';
import { letIn } from './trusted-sources';

export interface MongoClusterArgs extends DatabaseArgs {
  /** Name of the application's database in the cluster. **A change makes another, empty one.** */
  database: string;
  /** One node, or three of which two take over. Changed in place. */
  nodes: number;
  /** GiB of storage of each node, above what the size has. Grows in place. Default: the size's own. */
  diskGb?: number;
}

/**
 * A managed MongoDB: a replica set with TLS, encrypted at rest, reached by its private address by those that its trusted
 * sources name, with a user and a database for the application. A backup is made each day and kept for seven; they go
 * with the cluster, so `protect` is what stands before its data.
 *
 * DigitalOcean gives a user of MongoDB every database of its cluster; this cluster has one.
 *
 * Cost: nodes × price of the size. db-s-2vcpu-4gb: three nodes 3 × 60 = 180 USD a month, one 60.
 *
 * ```ts
 * const documents = new MongoCluster('pulse-prod-pulse', {
 *   region: 'nyc3', vpcId: network.vpcId, version: '8', size: 'db-s-2vcpu-4gb', nodes: 3, database: 'pulse',
 *   trustedSources: [{ type: 'tag', value: clients.name }], protect: true, tags: [],
 * });
 * ```
 */
export class MongoCluster extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  /** MongoDB's own; DigitalOcean does not change it. */
  readonly port = mongodbPort;
  /** User, password and database included; secret. */
  readonly url: pulumi.Output<string>;
  readonly cluster: digitalocean.DatabaseCluster;
  readonly user: digitalocean.DatabaseUser;
  readonly firewall: digitalocean.DatabaseFirewall;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: MongoClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('MongoCluster', name, [
      ...databaseFaults(args),
      oneOf('nodes', String(args.nodes), ['1', '3']),
      args.diskGb === undefined ? undefined : wholeNumber('diskGb', args.diskGb, 10, 16_384),
      must(/^[A-Za-z0-9_-]{1,63}$/.test(args.database), 'database', `"${args.database}" cannot be a database's name`),
    ]);
    super('stackladder:digitalocean:MongoCluster', name, {}, opts);
    this.cluster = this.createCluster(name, args);
    this.firewall = letIn(name, this.cluster, args.trustedSources, this);
    this.user = this.createUser(name, args);
    this.host = this.cluster.privateHost;
    this.url = pulumi.secret(
      pulumi
        .all([this.cluster.privateUri, this.user.name, this.user.password])
        .apply(([address, user, password]) => withUser(address, user, password, args.database)),
    );
    this.registerOutputs({ host: this.host, port: this.port });
  }

  private createCluster(name: string, args: MongoClusterArgs): digitalocean.DatabaseCluster {
    return new digitalocean.DatabaseCluster(
      nameOf('digitalocean:databaseCluster', name),
      {
        engine: 'mongodb',
        version: majorVersion(args.version),
        region: args.region,
        privateNetworkUuid: args.vpcId,
        size: args.size,
        nodeCount: args.nodes,
        storageSizeMib: args.diskGb === undefined ? undefined : String(args.diskGb * 1024),
        maintenanceWindows: [{ day: 'sunday', hour: '05:00' }], // UTC
        tags: args.tags,
      },
      { parent: this, protect: args.protect, customTimeouts: { create: '60m', update: '2h' } },
    );
  }

  private createUser(name: string, { database, protect }: MongoClusterArgs): digitalocean.DatabaseUser {
    const own = { parent: this, protect };
    const clusterId = this.cluster.id;
    new digitalocean.DatabaseDb(nameOf('digitalocean:databaseDb', name), { clusterId, name: database }, own);
    return new digitalocean.DatabaseUser(nameOf('digitalocean:databaseUser', name), { clusterId }, own);
  }
}

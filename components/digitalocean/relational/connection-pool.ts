import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { must, oneOf, refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';

/** **A change of any of these makes another pool**, under another name: what is connected to the old one is cut. */
export interface ConnectionPoolArgs {
  /** Id of a PostgreSQL cluster (`SqlCluster.cluster.id`). */
  clusterId: pulumi.Input<string>;
  /** Database behind the pool. */
  database: string;
  /** Who the pool logs in as; clients too. */
  user: string;
  /** Connections to the database. All pools of a cluster together: 25 for each GiB of its memory, less 3. */
  size: number;
  /** How long a client keeps a connection. Default: for a transaction. */
  mode?: 'session' | 'transaction' | 'statement';
}

/** DigitalOcean gives every pool this port; it cannot be chosen. */
export const POOL_PORT = 25_061;
/** The most that the largest cluster accepts. */
const mostConnections = 997;

/**
 * A pool of DigitalOcean's own PgBouncer, on the cluster's primary. The stack does not use it: PgBouncer beside each
 * service has a size of its own for each, reaches the readers too, and is resized without cutting anybody, none of which
 * this can. It is for programs of their own whose clients run where no PgBouncer can stand beside them.
 *
 * Cost: none.
 *
 * ```ts
 * const pool = new ConnectionPool('sv-sdk-prod-reports', {
 *   clusterId: database.cluster.id, database: 'app', user: 'doadmin', size: 10,
 * });
 * ```
 */
export class ConnectionPool extends pulumi.ComponentResource {
  /** Private. */
  readonly host: pulumi.Output<string>;
  readonly port = POOL_PORT;
  /** User and password included; secret. */
  readonly url: pulumi.Output<string>;
  readonly pool: digitalocean.DatabaseConnectionPool;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ConnectionPoolArgs, opts?: pulumi.ComponentResourceOptions) {
    const { clusterId, database, user, size, mode = 'transaction' } = args;
    refuseFaults('ConnectionPool', name, [
      must(/^[A-Za-z0-9_-]{1,63}$/.test(database), 'database', `"${database}" cannot be a database's name`),
      must(/^[A-Za-z0-9_-]{1,63}$/.test(user), 'user', `"${user}" cannot be a user's name`),
      wholeNumber('size', size, 1, mostConnections),
      oneOf('mode', mode, ['session', 'transaction', 'statement']),
    ]);
    super('stackladder:digitalocean:ConnectionPool', name, {}, opts);
    this.pool = new digitalocean.DatabaseConnectionPool(
      nameOf('digitalocean:databaseDb', name),
      { clusterId, dbName: database, user, size, mode },
      { parent: this },
    );
    this.host = this.pool.privateHost;
    this.url = pulumi.secret(this.pool.privateUri);
    this.registerOutputs({ host: this.host, port: this.port });
  }
}

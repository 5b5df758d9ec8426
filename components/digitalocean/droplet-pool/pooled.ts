import * as pulumi from '@pulumi/pulumi';
import type { PoolerPlan } from '../../../plan/types';
import { passwordVariable, type InstancePoolerOptions } from '../../instances/pooler';
import type { PooledConnection } from '../../platform';

/** Databases behind the pooler beside a container. */
export interface PooledArgs {
  pooler: PoolerPlan;
  databases: {
    /** Gets the pooler's URL. */
    variable: string;
    /** As the pooler calls the database. */
    name: string;
    host: pulumi.Input<string>;
    port: number;
    /** As the server calls it. */
    database: string;
    user: string;
    /** URL of the password in a `SecretVault`. */
    passwordSecret: pulumi.Input<string>;
  }[];
}

/** Where PgBouncer listens: Docker's own bridge, which containers reach by this address and nobody outside of the droplet. */
const BRIDGE = '172.17.0.1';

/** What the wiring says of poolers, as an argument; undefined where no database is behind one. */
export function pooledArgs(pooled: PooledConnection[]): PooledArgs | undefined {
  const [first] = pooled;
  if (!first) return undefined;
  return {
    pooler: first.pooler,
    databases: pooled.map(({ variable, name, connection: { port, login } }) => {
      const { host, database, user, password } = login;
      return { variable, name, host, port, database, user, passwordSecret: password.id };
    }),
  };
}

/** The passwords among the secrets that a droplet fetches, by the variables that the pooler reads them from. */
export function passwordSecrets(pooled: PooledArgs | undefined): Record<string, pulumi.Input<string>> {
  const all = pooled?.databases.map(({ variable, passwordSecret }): [string, pulumi.Input<string>] => [
    passwordVariable(variable),
    passwordSecret,
  ]);
  return Object.fromEntries(all ?? []);
}

/** What the pooler beside a container needs, when the hosts are known. */
export function poolerOptions(pooled: PooledArgs | undefined): pulumi.Output<InstancePoolerOptions | undefined> {
  if (!pooled) return pulumi.output(undefined);
  const { pooler, databases } = pooled;
  return pulumi.all(databases.map(({ host }) => host)).apply((hosts) => ({
    pooler,
    listenAddress: BRIDGE,
    address: BRIDGE,
    databases: databases.map(({ variable, name, port, database, user }, at) => {
      return { variable, name, host: hosts[at]!, port, database, user };
    }),
  }));
}

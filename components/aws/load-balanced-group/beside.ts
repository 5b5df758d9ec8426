import * as pulumi from '@pulumi/pulumi';
import type { PoolerPlan, QueuePlan } from '../../../plan/types';
import { passwordVariable, type InstancePoolerOptions, type PooledVariable } from '../../instances/pooler';
import type { QueueDepthOptions } from '../../instances/queue-depth';
import { publishToCloudWatch } from '../scaling/queue-metrics';

/** What may run beside a container on an instance. */
export interface Beside {
  /** PgBouncer between the container and its databases. Default: none. */
  pooled?: PooledDatabases;
  /** Measures the queues of a broker. Default: nobody does. */
  queues?: MeasuredQueues;
  /** Starts the container again when one of its secrets has a new value, as a rotation writes it. Default: false. */
  watchSecrets?: boolean;
}

export interface PooledDatabases {
  pooler: PoolerPlan;
  databases: (Omit<PooledVariable, 'host'> & {
    host: pulumi.Input<string>;
    /** ARN of the secret that holds the password alone. */
    passwordArn: pulumi.Input<string>;
  })[];
}

export interface MeasuredQueues {
  queues: QueuePlan[];
  /** The one of `secrets` that holds the broker's URL. */
  variable: string;
  /** Of the metrics. The instances may write to it and to no other but the agent's. */
  namespace: string;
}

/** Where Amazon Linux keeps the public authorities, Amazon's own among them. */
const TRUST = '/etc/pki/tls/certs/ca-bundle.crt';

/** The pooler for the user data, once the hosts are known. */
export function poolerOptions(pooled: PooledDatabases | undefined): pulumi.Output<InstancePoolerOptions | undefined> {
  if (!pooled) return pulumi.output(undefined);
  return pulumi.all(pooled.databases.map(({ host }) => host)).apply((hosts) => ({
    pooler: pooled.pooler,
    databases: pooled.databases.map(({ variable, name, port, database, user }, at) => ({
      ...{ variable, name, port, database, user },
      host: hosts[at]!,
    })),
  }));
}

/** All that an instance reads from Secrets Manager: its own, and the passwords that the pooler needs. */
export function secretArns(args: {
  secrets: Record<string, pulumi.Input<string>>;
  pooled?: PooledDatabases;
}): Record<string, pulumi.Input<string>> {
  const passwords = args.pooled?.databases.map(({ variable, passwordArn }) => [
    passwordVariable(variable),
    passwordArn,
  ]);
  return { ...args.secrets, ...Object.fromEntries(passwords ?? []) };
}

export function queueOptions(queues: MeasuredQueues | undefined, region: string): QueueDepthOptions | undefined {
  if (!queues) return undefined;
  const { namespace, variable } = queues;
  return { queues: queues.queues, variable, trust: TRUST, publish: publishToCloudWatch(region, namespace) };
}

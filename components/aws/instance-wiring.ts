import * as pulumi from '@pulumi/pulumi';
import type { WorkConnections } from '../../plan/types';
import type { PooledConnection, Wiring } from '../platform';
import type { MeasuredQueues, PooledDatabases } from './load-balanced-group/beside';

/** What instances get of their wiring, in the words of the groups' arguments. */
export function instanceWiring(wiring: Wiring, region: string) {
  const near = (arn: pulumi.Output<string>) => nearby(arn, region);
  return {
    environment: { AWS_REGION: region, ...wiring.environment },
    secrets: Object.fromEntries(Object.entries(wiring.secrets).map(([key, secret]) => [key, near(secret.id)])),
    bucketArns: wiring.stores.map((store) => pulumi.interpolate`arn:aws:s3:::${store.bucket}`),
    pooled: pooledDatabases(wiring.pooled, near),
  };
}

/** The copy of a secret in a region. A replica has its original's ARN with its own region in it. */
export function nearby(arn: pulumi.Output<string>, region: string): pulumi.Output<string> {
  return arn.apply((id) => id.replace(/^(arn:aws[\w-]*:secretsmanager:)[\w-]+:/, `$1${region}:`));
}

function pooledDatabases(
  pooled: PooledConnection[],
  near: (arn: pulumi.Output<string>) => pulumi.Output<string>,
): PooledDatabases | undefined {
  const [first] = pooled;
  if (!first) return undefined;
  return {
    pooler: first.pooler,
    databases: pooled.map(({ variable, name, connection: { login, port } }) => ({
      variable,
      name,
      port,
      host: login.host,
      database: login.database,
      user: login.user,
      passwordArn: near(login.password.id),
    })),
  };
}

/** Workers measure all queues of their broker: whichever of them is there, each queue is known. */
export function measuredQueues(
  { broker }: Wiring,
  { broker: variable }: WorkConnections,
  namespace: string,
): MeasuredQueues | undefined {
  return broker && variable !== undefined ? { queues: broker.plan.queues, variable, namespace } : undefined;
}

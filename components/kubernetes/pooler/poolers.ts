import * as pulumi from '@pulumi/pulumi';
import { pooler as pod } from '../../../plan/nodes/workloads';
import type { Plan } from '../../../plan/types';
import type { PooledConnection } from '../../platform';
import { poolerNameOf, selectorsOf, usersOf } from '../names';
import { Pooler } from './pooler';

/**
 * The poolers of one cluster: one for each name of a database, whoever uses it, made when the first asks. Reads have
 * their own, so that a flood of them takes no connection from what writes.
 */
export class Poolers {
  private readonly made = new Map<string, Pooler>();

  constructor(
    private readonly plan: Plan,
    private readonly around: { name: string; namespace: pulumi.Input<string> },
    private readonly options: pulumi.ComponentResourceOptions,
  ) {}

  /** The variables of a service or worker, each with the URL of the pooler that stands before its database. */
  urls(pooled: PooledConnection[]): Record<string, pulumi.Output<string>> {
    return Object.fromEntries(pooled.map((each) => [each.variable, this.poolerOf(each).url(each.name)]));
  }

  private poolerOf(pooled: PooledConnection): Pooler {
    const { name } = pooled;
    const pooler = this.made.get(name) ?? this.open(pooled);
    this.made.set(name, pooler);
    return pooler;
  }

  private open({ name, connection, pooler }: PooledConnection): Pooler {
    const { plan, around } = this;
    const { host, database, user, password } = connection.login;
    const users = [...usersOf(plan, 'relationalDatabase'), ...usersOf(plan, 'relationalReplica')];
    const called = poolerNameOf(name);
    return new Pooler(
      `${around.name}-${called}`,
      {
        identity: { name: called, instance: plan.prefix, tags: plan.tags },
        namespace: around.namespace,
        pooler,
        databases: [{ name, host, port: connection.port, database, user, password: password.value() }],
        clients: selectorsOf(plan, users),
        requests: pod.requests,
      },
      this.options,
    );
  }
}

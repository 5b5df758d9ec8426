import type {
  AlertPlan,
  DocumentDatabasePlan,
  PanelPlan,
  ScheduledSqlPlan,
  ServicePlan,
  WorkerPlan,
} from '../../plan/types';
import { indexScript } from '../atlas/indexes/script';
import type { Alerts, Connection, IndexJob, RelationalDatabase, Wiring } from '../platform';
import { alarmsOf } from '../alarms';
import { serviceKinds } from './alerts/alarm-shapes';
import { ServiceAlarms } from './alerts/service-alarms';
import { IndexRunner } from './index-runner/index-runner';
import type { WorkloadArgs } from './managed-group/arguments';
import { ManagedGroup } from './managed-group/group';
import { pooledDatabases } from './pooled';
import type { GcpHost, GcpRegion, ServiceReach } from './region';
import { ScheduledSql } from './scheduled-sql/scheduled-sql';
import { openDashboard, sharedOut, watchStores, workloadLabel } from './watch';
import { WorkerGroup } from './worker-group/worker-group';

/** Services of a region as managed instance groups; one global balancer for all regions leads to them. */
export class InstancesHost implements GcpHost {
  private readonly groups = new Map<string, { plan: ServicePlan; group: ManagedGroup }>();
  private readonly workers = new Map<string, WorkerGroup>();

  constructor(private readonly region: GcpRegion) {}

  loadBalancedService(plan: ServicePlan, wiring: Wiring): void {
    const { region } = this;
    const { stack } = region;
    const group = new ManagedGroup(
      `${stack.plan.prefix}-${plan.name}-${region.code}`,
      {
        ...this.workload(plan, wiring),
        port: plan.port,
        healthCheck: plan.healthCheck,
        scaling: plan.scaling,
        scalingRules: plan.scalingRules,
      },
      region.options,
    );
    this.groups.set(plan.name, { plan, group });
  }

  worker(plan: WorkerPlan, wiring: Wiring): void {
    const { region } = this;
    const { prefix } = region.stack.plan;
    const { broker } = wiring;
    const variable = plan.connections.broker;
    if (!broker || variable === undefined) throw new Error(`${plan.name} takes jobs and is told of no broker`);
    const group = new WorkerGroup(
      `${prefix}-${plan.name}-${region.code}`,
      {
        ...this.workload(plan, { ...wiring, secrets: { [variable]: broker.connection.secret, ...wiring.secrets } }),
        prefix,
        metrics: region.stack.queueMetrics,
        command: plan.command,
        queues: broker.plan.queues,
        queue: plan.queue.name,
        brokerVariable: variable,
        scaling: plan.scaling,
        spot: plan.spot,
      },
      region.options,
    );
    this.workers.set(plan.name, group);
  }

  /** A job of the cloud's, which runs once, whatever the number of instances. */
  scheduledSql(plan: ScheduledSqlPlan, database: RelationalDatabase): void {
    const { region } = this;
    const { stack } = region;
    new ScheduledSql(
      `${stack.plan.prefix}-${plan.name}-sql`,
      {
        projectId: stack.projectId,
        region: region.name,
        network: stack.network,
        regionalNetwork: region.regionalNetwork,
        key: plan.name,
        schedule: plan.schedule,
        sql: plan.sql,
        summary: plan.summary,
        secretId: database.primary.secret.id,
        labels: region.labels,
      },
      region.options,
    );
  }

  /** What services and workers have in common. */
  private workload(plan: ServicePlan | WorkerPlan, wiring: Wiring): WorkloadArgs & { drainSeconds: number } {
    const { region } = this;
    const { stack } = region;
    const { accounts, offHours } = stack.plan;
    const complete = region.completed(wiring);
    return {
      projectId: stack.projectId,
      region: region.name,
      zones: region.zones,
      network: stack.network,
      regionalNetwork: region.regionalNetwork,
      image: plan.image,
      machine: plan.machine,
      machineImage: accounts.gcp.machineImage,
      capacity: plan.capacity,
      offHours,
      drainSeconds: plan.drainSeconds,
      diskGb: plan.diskGb,
      environment: { ...plan.environment, ...complete.environment },
      ...region.grantsOf(plan, complete),
      pooled: pooledDatabases(wiring, plan.pooler),
      trustedCertificates: region.authorityFor(plan.connections),
      labels: { ...region.labels, workload: workloadLabel(stack, plan.name) },
    };
  }

  reach(service: ServicePlan): ServiceReach {
    const found = this.groups.get(service.name);
    if (!found) throw new Error(`${service.name} is not served in ${this.region.name}`);
    return { kind: 'group', instanceGroup: found.group.instanceGroup };
  }

  indexJob(database: DocumentDatabasePlan, connection: Connection): IndexJob {
    const { region } = this;
    const { stack } = region;
    const runner = new IndexRunner(
      `${stack.plan.prefix}-${database.name}-indexes-${region.code}`,
      {
        projectId: stack.projectId,
        region: region.name,
        network: stack.network,
        regionalNetwork: region.regionalNetwork,
        script: indexScript(database.name, database.indexes),
        secretId: connection.secret.id,
        labels: region.labels,
      },
      region.options,
    );
    return { command: runner.command };
  }

  /** The balancer is one for all regions, and so is what it measures: the home region's host watches for all. */
  alerts(alerts: AlertPlan[], dashboard: PanelPlan[]): Alerts {
    const { region } = this;
    const { stack } = region;
    if (!region.home) return {};
    const { alarms, left } = sharedOut(stack, alerts);
    watchStores(region, alarms);
    const urls = [...this.groups].map(([name, { plan }], at) => {
      const workload = workloadLabel(stack, name);
      const backend = stack.entries.get(name)!.backend.name;
      new ServiceAlarms(
        `${stack.plan.prefix}-${name}-alarms`,
        {
          projectId: stack.projectId,
          domain: stack.plan.domain.name,
          healthPath: plan.healthCheck.path,
          backend,
          workload,
          channelIds: stack.channels.ids,
          alarms: alarmsOf(left, serviceKinds).filter((alarm) => !('service' in alarm) || alarm.service === name),
          labels: region.labels,
        },
        region.options,
      );
      // What belongs to no service stands on the page of the first.
      const panels = dashboard.filter((panel) => ('service' in panel ? panel.service === name : at === 0));
      return openDashboard(region, `${stack.plan.prefix}-${name}`, panels, { backend, workload });
    });
    return { dashboardUrl: urls[0] };
  }
}

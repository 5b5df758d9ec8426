import type { AlertPlan, DocumentDatabasePlan, PanelPlan, ServicePlan } from '../../plan/types';
import { indexScript } from '../atlas/indexes/script';
import type { Alerts, Connection, IndexJob, Wiring } from '../platform';
import { ServiceAlarms } from './alerts/service-alarms';
import { ServiceDashboard } from './alerts/service-dashboard';
import { IndexRunner } from './index-runner/index-runner';
import { ManagedGroup } from './managed-group/group';
import type { GcpHost, GcpRegion, ServiceReach } from './region';

/** Services of a region as managed instance groups; one global balancer for all regions leads to them. */
export class InstancesHost implements GcpHost {
  private readonly groups = new Map<string, { plan: ServicePlan; group: ManagedGroup }>();

  constructor(private readonly region: GcpRegion) {}

  loadBalancedService(plan: ServicePlan, wiring: Wiring): void {
    const { region } = this;
    const { stack } = region;
    const { prefix, accounts } = stack.plan;
    const complete = region.completed(wiring);
    const group = new ManagedGroup(
      `${prefix}-${plan.name}-${region.code}`,
      {
        projectId: stack.projectId,
        region: region.name,
        zones: region.zones,
        network: stack.network,
        regionalNetwork: region.regionalNetwork,
        image: plan.image,
        port: plan.port,
        machine: plan.machine,
        machineImage: accounts.gcp.machineImage,
        capacity: plan.capacity,
        healthCheck: plan.healthCheck,
        scaling: plan.scaling,
        drainSeconds: plan.drainSeconds,
        diskGb: plan.diskGb,
        environment: { ...plan.environment, ...complete.environment },
        ...region.grantsOf(plan, complete),
        trustedCertificates: plan.connections.cache ? region.authority : undefined,
        labels: region.labels,
      },
      region.options,
    );
    this.groups.set(plan.name, { plan, group });
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
    const { prefix, domain } = stack.plan;
    const urls = [...this.groups].map(([name, { plan }]) => {
      const backend = stack.entries.get(name)!.backend.name;
      new ServiceAlarms(
        `${prefix}-${name}-alarms`,
        {
          projectId: stack.projectId,
          domain: domain.name,
          healthPath: plan.healthCheck.path,
          backend,
          channelIds: stack.channels.ids,
          alarms: alerts.filter((alert) => !('service' in alert) || alert.service === name),
          labels: region.labels,
        },
        region.options,
      );
      const panels = dashboard.filter((panel) => panel.service === name);
      return new ServiceDashboard(`${prefix}-${name}`, { projectId: stack.projectId, backend, panels }, region.options)
        .url;
    });
    return { dashboardUrl: urls[0] };
  }
}

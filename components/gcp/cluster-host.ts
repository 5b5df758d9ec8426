import type {
  AlertPlan,
  DocumentDatabasePlan,
  PanelPlan,
  ScheduledSqlPlan,
  ServicePlan,
  WorkerPlan,
} from '../../plan/types';
import type { Alerts, ConfigurationSecrets, Connection, IndexJob, RelationalDatabase, Wiring } from '../platform';
import { GkeHost } from './gke/host';
import type { GcpHost, GcpRegion, ServiceReach } from './region';
import { openDashboard, sharedOut, watchStores } from './watch';

/** Services of a region as pods on GKE: each region answers at an edge of its own, and a record leads to the nearest. */
export class ClusterHost implements GcpHost {
  private readonly pods: GkeHost;

  constructor(
    private readonly region: GcpRegion,
    secrets: ConfigurationSecrets,
  ) {
    const { stack, plan, name, code, zones, regionalNetwork, labels, options } = region;
    const { projectId, projectNumber } = stack;
    this.pods = new GkeHost(
      stack.plan,
      plan,
      {
        name,
        code,
        zones,
        networkId: stack.network.id,
        network: regionalNetwork,
        projectId,
        projectNumber,
        labels,
        authority: region.authority,
        options,
      },
      secrets,
    );
  }

  loadBalancedService(service: ServicePlan, wiring: Wiring): void {
    const { caches } = this.region.grantsOf(service, wiring);
    this.pods.loadBalancedService(service, this.region.completed(wiring), caches);
  }

  worker(worker: WorkerPlan, wiring: Wiring): void {
    const { caches } = this.region.grantsOf(worker, wiring);
    this.pods.worker(worker, this.region.completed(wiring), caches);
  }

  scheduledSql(plan: ScheduledSqlPlan, database: RelationalDatabase): void {
    this.pods.scheduledSql(plan, database);
  }

  reach(service: ServicePlan): ServiceReach {
    return { kind: 'address', address: this.pods.address(service) };
  }

  indexJob(database: DocumentDatabasePlan, connection: Connection, service: ServicePlan): IndexJob {
    return this.pods.indexJob(database, connection, service);
  }

  /** The cloud's stores are Cloud Monitoring's to watch; pods, and queues that pods measure, are Prometheus's. */
  alerts(alerts: AlertPlan[], dashboard: PanelPlan[]): Alerts {
    const { region } = this;
    const { alarms, left } = sharedOut(region.stack, alerts);
    const ofCloud = (panel: PanelPlan): boolean => !('service' in panel) && panel.kind !== 'queue-depth';
    const inCluster = this.pods.alerts(
      left,
      dashboard.filter((panel) => !ofCloud(panel)),
    );
    if (!region.home) return inCluster;
    watchStores(region, alarms);
    const dashboardUrl = openDashboard(region, `${region.stack.plan.prefix}-stores`, dashboard.filter(ofCloud));
    return { dashboardUrl: dashboardUrl ?? inCluster.dashboardUrl };
  }
}

import type { AlertPlan, DocumentDatabasePlan, PanelPlan, ServicePlan } from '../../plan/types';
import type { Alerts, ConfigurationSecrets, Connection, IndexJob, Wiring } from '../platform';
import { GkeHost } from './gke/host';
import type { GcpHost, GcpRegion, ServiceReach } from './region';

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

  reach(service: ServicePlan): ServiceReach {
    return { kind: 'address', address: this.pods.address(service) };
  }

  indexJob(database: DocumentDatabasePlan, connection: Connection, service: ServicePlan): IndexJob {
    return this.pods.indexJob(database, connection, service);
  }

  alerts(alerts: AlertPlan[], dashboard: PanelPlan[]): Alerts {
    return this.pods.alerts(alerts, dashboard);
  }
}

import * as pulumi from '@pulumi/pulumi';
import type {
  AlertPlan,
  DocumentDatabasePlan,
  PanelPlan,
  Plan,
  ScheduledSqlPlan,
  ServicePlan,
  WorkerPlan,
} from '../../plan/types';
import { indexScript } from '../atlas/indexes/script';
import type {
  Alerts,
  ConfigurationSecrets,
  Connection,
  IndexJob,
  RelationalDatabase,
  SecretReference,
  Wiring,
} from '../platform';
import { MonitorAlerts } from './alerts/monitor-alerts';
import { balancerAlert, dropletAlerts } from './alerts/shapes';
import { balancerNodes } from './balancer-nodes';
import { affinityOf, dropletsOf, machineImageOf, sqlBeside } from './droplet-needs';
import { DropletPool } from './droplet-pool/pool';
import type { DigitalOceanHost, EntryTarget, TrustedSource } from './host';
import { IndexRunner } from './index-runner/index-runner';
import { watchedQueues } from './queues';
import { keepsRateLimit } from './rate-limit';
import type { DigitalOceanRegion } from './region';
import { cpuTargetOf } from './worker-pool/scaling';
import { WorkerPool } from './worker-pool/worker-pool';

/** Services of a region as droplet pools behind a regional load balancer each. */
export class InstancesHost implements DigitalOceanHost {
  /** Droplets wear the region's tag; nothing else is needed. */
  readonly trustedSources: TrustedSource[] = [];
  readonly podRanges = [];
  private readonly pools = new Map<string, { plan: ServicePlan; pool: DropletPool }>();
  private registry?: SecretReference;

  constructor(
    private readonly plan: Plan,
    private readonly region: DigitalOceanRegion,
    private readonly secrets: ConfigurationSecrets,
  ) {}

  loadBalancedService(service: ServicePlan, wiring: Wiring): void {
    const { region } = this;
    const { prefix, domain, environment } = this.plan;
    const { shared, network } = region;
    const name = `${prefix}-${service.name}-${region.code}`;
    const pool = new DropletPool(
      name,
      {
        ...dropletsOf(this.plan, this.region, service, wiring, this.registrySecret()),
        cidr: network.cidr,
        port: service.port,
        capacity: service.capacity,
        healthCheck: service.healthCheck,
        scaling: service.scaling,
        cooldownSeconds: service.scalingRules?.cooldownSeconds,
        affinitySeconds: affinityOf(service),
        routes: service.routing?.rules,
        rateLimit: keepsRateLimit(this.plan) ? service.rateLimit : undefined,
        idleTimeoutSeconds: service.idleTimeoutSeconds,
        drainSeconds: service.drainSeconds,
        scheduledSql: region.home ? sqlBeside(this.plan, service) : undefined,
        queues: watchedQueues(this.plan, service),
        certificateName: shared.certificates.nameFor(`${prefix}-${service.name}-certificate`, domain.name),
        balancerNodes: balancerNodes[environment],
      },
      { ...region.options, dependsOn: region.ways },
    );
    this.pools.set(service.name, { plan: service, pool });
  }

  worker(worker: WorkerPlan, wiring: Wiring): void {
    const { prefix, alertEmails: emails } = this.plan;
    const { code, options, ways } = this.region;
    const pool = new WorkerPool(
      `${prefix}-${worker.name}-${code}`,
      {
        ...dropletsOf(this.plan, this.region, worker, wiring, this.registrySecret()),
        command: worker.command,
        capacity: worker.capacity,
        cpuPercent: cpuTargetOf(worker.scaling),
        cooldownSeconds: worker.scaling.cooldownSeconds,
        drainSeconds: worker.drainSeconds,
      },
      { ...options, dependsOn: ways },
    );
    if (emails.length === 0) return;
    const alerts = dropletAlerts(worker.name, worker.machine);
    new MonitorAlerts(
      `${prefix}-${worker.name}-droplet-alerts-${code}`,
      { alerts, tags: [pool.tag.name], emails },
      options,
    );
  }

  /** Beside the service since its droplets were planned: user data are written once. */
  scheduledSql(_plan: ScheduledSqlPlan, _database: RelationalDatabase, service: ServicePlan): void {
    this.poolOf(service.name);
  }

  entryTarget(service: ServicePlan): EntryTarget {
    const { pool } = this.poolOf(service.name);
    return { address: pool.address, balancerId: pool.loadBalancer.id };
  }

  indexJob(database: DocumentDatabasePlan, connection: Connection): IndexJob {
    const { region } = this;
    const { prefix } = this.plan;
    const name = `${prefix}-${database.name}-indexes-${region.code}`;
    const runner = new IndexRunner(
      name,
      {
        region: region.name,
        vpcId: region.network.vpcId,
        script: indexScript(database.name, database.indexes),
        secretUrl: connection.secret.id,
        sshKeys: region.shared.sshKeys(),
        machineImage: machineImageOf(this.plan),
        clientTags: [region.clients.name],
        tags: region.tags,
      },
      { ...region.options, dependsOn: region.ways },
    );
    region.shared.assign(name, runner.droplet.dropletUrn);
    return { command: runner.command };
  }

  alerts(alerts: AlertPlan[], _dashboard: PanelPlan[]): Alerts {
    const { prefix, alertEmails: emails } = this.plan;
    const { code, options } = this.region;
    const balancers = [...this.pools].map(([service, { plan, pool }]) => {
      if (emails.length > 0) {
        const own = alerts.filter((alert) => !('service' in alert) || alert.service === service);
        new MonitorAlerts(
          `${prefix}-${service}-balancer-alerts-${code}`,
          { alerts: own.flatMap((alert) => balancerAlert(alert) ?? []), entities: [pool.loadBalancer.id], emails },
          options,
        );
        new MonitorAlerts(
          `${prefix}-${service}-droplet-alerts-${code}`,
          { alerts: dropletAlerts(service, plan.machine, own), tags: [pool.tag.name], emails },
          options,
        );
      }
      return pool.loadBalancer.id;
    });
    const [first] = balancers;
    // DigitalOcean draws its own panels: requests, response times and errors of the balancer. None can be made.
    return {
      dashboardUrl:
        first && pulumi.interpolate`https://cloud.digitalocean.com/networking/load_balancers/${first}/graphs`,
    };
  }

  /** The credentials of a private registry, where configuration has some; kept once for all services. */
  private registrySecret(): SecretReference | undefined {
    if (!this.plan.given.registryCredentials) return undefined;
    return (this.registry ??= this.region.shared.keep(
      `registry-${this.region.code}`,
      this.secrets.single('registryCredentials'),
    ));
  }

  private poolOf(service: string): { plan: ServicePlan; pool: DropletPool } {
    const found = this.pools.get(service);
    if (!found) throw new Error(`${service} is not served in ${this.region.name}`);
    return found;
  }
}

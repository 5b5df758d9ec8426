import type * as pulumi from '@pulumi/pulumi';
import type { AlertPlan, PanelPlan, Plan } from '../../../plan/types';
import { nameOf } from '../../naming';
import type { SecretReference } from '../../platform';
import { parts } from '../metrics/names';
import { relationalNameOf } from '../names';
import { storeSizeOf } from '../store-size';
import type { Authority } from '../surroundings';
import { CacheExporter } from './cache-exporter';
import { metricPrefix } from './metrics';
import type { WatchedStores } from './store-metrics';
import { StoreMonitoring } from './store-monitoring';

export interface StoresPlace {
  /** Begins the logical names. */
  name: string;
  namespace: pulumi.Input<string>;
  authorities?: Record<string, Authority>;
  /** Nodes of a cache inside the cluster, `host:port` each. */
  cacheNodes?: string[];
  cacheByIdentity?: boolean;
}

/** The stores of a plan that Prometheus can see from inside the cluster. Pure. */
export function watchedStoresOf(
  { system, cluster, relationalDatabase, cache, workers }: Plan,
  cacheByIdentity: boolean,
): WatchedStores {
  if (!cluster) throw new Error(`${system} is planned without a cluster`);
  const inside = relationalDatabase?.host === 'operator' && !relationalDatabase.existing;
  return {
    system: metricPrefix(system),
    namespace: cluster.namespace,
    relational: inside
      ? {
          cluster: relationalNameOf(relationalDatabase.name),
          cpu: storeSizeOf(relationalDatabase.instanceClass).cpu,
        }
      : undefined,
    cache: cache && !cacheByIdentity ? { exporter: parts.cache } : undefined,
    queues: workers.length > 0 ? { exporter: parts.queues } : undefined,
  };
}

/** Kinds of alerts and panels that are about a relational database; the others are about what is seen everywhere. */
const relationalKinds: readonly string[] = [
  'database-cpu',
  'database-disk-free',
  'database-connections',
  'replication-lag',
];

/** Whether an alert is about a store that its cloud runs, and that nobody inside the cluster can look at. Pure. */
export function unseen(plan: Plan, { kind }: { kind: string }, cacheByIdentity: boolean): boolean {
  if (plan.cache && cacheByIdentity && kind.startsWith('cache-')) return true;
  if (!plan.relationalDatabase || watchedStoresOf(plan, cacheByIdentity).relational) return false;
  return relationalKinds.includes(kind) || (kind === 'database-down' && !plan.documentDatabase);
}

/** Whether the cache is asked how it is: where Prometheus is there, and an alert or a panel is about it. Pure. */
export function watchesCache({ accounts, cache, alerts, dashboard }: Plan): boolean {
  const about = [...alerts, ...dashboard].some(({ kind }) => kind.startsWith('cache-'));
  return accounts.kubernetes.monitoring && cache !== undefined && about;
}

/** Watches the stores of a system that the services of a region use. */
export function openStoreMonitoring(
  plan: Plan,
  watch: { alerts: AlertPlan[]; panels: PanelPlan[]; cacheUrl?: SecretReference; ports: number[] },
  { name, namespace, authorities, cacheNodes, cacheByIdentity = false }: StoresPlace,
  options: pulumi.ComponentResourceOptions,
): void {
  const { cacheUrl, alerts, panels, ports } = watch;
  if (alerts.length + panels.length === 0) return;
  const { prefix: instance, tags, cache, title } = plan;
  const stores = watchedStoresOf(plan, cacheByIdentity);
  if (cache && cacheUrl && watchesCache(plan) && !cacheByIdentity) {
    const url = cacheUrl.value();
    const identity = { name: parts.cache, instance, tags };
    new CacheExporter(
      `${name}-cache-metrics`,
      { identity, namespace, url, ports, nodes: cacheNodes, authorities },
      options,
    );
  }
  const identity = { name: nameOf('kubernetes', 'stores'), instance, tags };
  new StoreMonitoring(`${name}-stores-monitoring`, { identity, namespace, title, alerts, panels, stores }, options);
}

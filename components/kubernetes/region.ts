import type * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type {
  BrokerPlan,
  CachePlan,
  DocumentDatabasePlan,
  Plan,
  RegionPlan,
  RelationalDatabasePlan,
  WorkConnections,
} from '../../plan/types';
import { nameOf } from '../naming';
import type { Broker, Cache, ConfigurationSecrets, DocumentDatabase, Region, RelationalDatabase } from '../platform';
import { QueueBroker } from './broker/queue-broker';
import { CacheCluster } from './cache/cache-cluster';
import { PORT } from './database/custom-resource';
import { MongoDatabase } from './database/mongo-database';
import { KubernetesHost, openNamespace } from './host';
import { type Identity, selectorOf } from './labels';
import { parts } from './metrics/names';
import { watchesCache } from './monitoring/open';
import { poolerNameOf, relationalNameOf, scheduleNameOf, selectorsOf, usersOf } from './names';
import type { ClusterNamespace } from './namespace/namespace';
import { backupOf, endpointPort } from './backup';
import { openRelationalDatabase } from './relational/open';
import { secretReference } from './secret-reference';
import type { Authority } from './surroundings';

/** A plain cluster: its own region, with the stores beside the services in one namespace. */
export class KubernetesRegion implements Region {
  readonly name: string;
  private readonly logicalName: string;
  private readonly namespace: ClusterNamespace;
  private readonly options: pulumi.ComponentResourceOptions;
  private readonly authorities: Record<string, Authority> = {};
  private serving?: KubernetesHost;
  private cacheNodes?: string[];

  constructor(
    private readonly plan: Plan,
    private readonly regionPlan: RegionPlan,
    private readonly provider: k8s.Provider,
    private readonly secrets: ConfigurationSecrets,
  ) {
    this.name = regionPlan.name;
    this.logicalName = `${plan.prefix}-kubernetes-${regionPlan.code}`;
    this.options = { providers: [provider] };
    this.namespace = openNamespace(plan, regionPlan, this.logicalName, secrets, { keepsStores: true }, this.options);
  }

  cache(plan: CachePlan): Cache {
    const { safety, accounts } = this.plan;
    const cache = new CacheCluster(
      `${this.logicalName}-cache`,
      {
        ...plan,
        identity: this.identityOf('cache'),
        namespace: this.namespace.name,
        clients: [...this.usersOf('cache'), ...(watchesCache(this.plan) ? selectorsOf(this.plan, [parts.cache]) : [])],
        storageClass: accounts.kubernetes.storageClass,
        protect: safety.protectStores,
      },
      this.options,
    );
    this.cacheNodes = cache.nodes;
    const secret = secretReference('cache', cache.url);
    return { connection: { host: cache.host, port: plan.port, secret } };
  }

  documentDatabase(plan: DocumentDatabasePlan): DocumentDatabase {
    const { prefix, safety, accounts } = this.plan;
    const identity = this.identityOf(nameOf('kubernetes', plan.name, 'db'));
    const database = new MongoDatabase(
      `${this.logicalName}-${plan.name}-db`,
      {
        identity,
        namespace: this.namespace.name,
        database: plan.name,
        members: plan.electableNodes,
        tier: plan.tier,
        diskGb: plan.diskGb,
        mongoVersion: plan.mongoVersion,
        clients: [
          ...this.usersOf('documentDatabase'),
          selectorOf({ name: nameOf('kubernetes', plan.name, 'indexes'), instance: prefix }),
        ],
        storageClass: accounts.kubernetes.storageClass,
        backup: backupOf(this.plan, this.secrets),
        protect: safety.protectStores,
      },
      this.options,
    );
    this.authorities[identity.name] = database.authority;
    const secret = secretReference(identity.name, database.url);
    return { connection: { host: database.host, port: PORT, secret } };
  }

  /** Where jobs wait. What counts them for the autoscaler comes in beside those that put them there and take them out. */
  broker(plan: BrokerPlan): Broker {
    const { safety, accounts } = this.plan;
    const broker = new QueueBroker(
      `${this.logicalName}-broker`,
      {
        identity: this.identityOf('broker'),
        namespace: this.namespace.name,
        engineVersion: plan.engineVersion,
        nodeType: plan.nodeType,
        port: plan.port,
        clients: [...this.usersOf('broker'), ...selectorsOf(this.plan, [parts.queues])],
        storageClass: accounts.kubernetes.storageClass,
        protect: safety.protectStores,
      },
      this.options,
    );
    const secret = secretReference('broker', broker.url);
    return { plan, connection: { host: broker.host, port: plan.port, secret } };
  }

  /** Poolers come in, or those that use it where there are none, and what runs by the calendar. */
  relationalDatabase(plan: RelationalDatabasePlan): RelationalDatabase {
    const identity = this.identityOf(relationalNameOf(plan.name));
    const readers = [plan.name, `${plan.name}_read`].map(poolerNameOf);
    const direct = (['relationalDatabase', 'relationalReplica'] as const).flatMap((store) => usersOf(this.plan, store));
    const schedules = this.plan.scheduledSql.map(({ name }) => scheduleNameOf(name));
    const opened = openRelationalDatabase(
      `${this.logicalName}-${identity.name}`,
      plan,
      {
        plan: this.plan,
        region: this.name,
        identity,
        namespace: this.namespace.name,
        clients: selectorsOf(this.plan, [...(plan.pooler ? readers : direct), ...schedules]),
        backup: backupOf(this.plan, this.secrets),
      },
      this.options,
    );
    this.authorities[identity.name] = opened.authority;
    return opened.database;
  }

  host(): KubernetesHost {
    return (this.serving ??= this.openHost());
  }

  private openHost(): KubernetesHost {
    const { accounts, domain } = this.plan;
    const { trustedProxies, proxyProtocol, storageClass, objectStore } = accounts.kubernetes;
    return new KubernetesHost(this.plan, this.regionPlan, this.secrets, {
      name: this.logicalName,
      provider: this.provider,
      ready: [],
      namespace: this.namespace,
      authorities: this.authorities,
      cacheNodes: this.cacheNodes,
      edge: {
        // external-dns makes the record where it is installed; where it is not this says what the record should be.
        annotations: { 'external-dns.alpha.kubernetes.io/hostname': domain.name },
        proxyProtocol,
        trustedProxies,
      },
      environment: objectStore ? { AWS_REGION: objectStore.region } : {},
      ports: objectStore ? [endpointPort(objectStore.endpoint)] : [],
      storageClass,
    });
  }

  private identityOf(name: string): Identity {
    return { name, instance: this.plan.prefix, tags: this.plan.tags };
  }

  /** Labels of the pods that use a store: services and workers that say so, and what asks it for Prometheus. */
  private usersOf(store: keyof WorkConnections): Record<string, string>[] {
    const names = usersOf(this.plan, store);
    const watching = store === 'documentDatabase' ? names.map((name) => nameOf('kubernetes', name, 'mongodb')) : [];
    return selectorsOf(this.plan, [...names, ...watching]);
  }
}

import type * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { CachePlan, DocumentDatabasePlan, Plan, RegionPlan, ServicePlan } from '../../plan/types';
import { nameOf } from '../naming';
import type { Cache, ConfigurationSecrets, DocumentDatabase, Region } from '../platform';
import { CacheCluster } from './cache/cache-cluster';
import { PORT } from './database/custom-resource';
import { MongoDatabase } from './database/mongo-database';
import { KubernetesHost, openNamespace, serviceAccountOf } from './host';
import { type Identity, selectorOf } from './labels';
import type { ClusterNamespace } from './namespace/namespace';
import { backupOf, endpointPort } from './backup';
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
        clients: this.usersOf('cache'),
        storageClass: accounts.kubernetes.storageClass,
        protect: safety.protectStores,
      },
      this.options,
    );
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

  /** Labels of the pods that use a store: services that say so, and what asks it for Prometheus. */
  private usersOf(store: keyof ServicePlan['connections']): Record<string, string>[] {
    const { prefix, services } = this.plan;
    return services
      .filter((service) => service.connections[store] !== undefined)
      .flatMap(({ name }) => {
        const account = serviceAccountOf(name);
        const names = store === 'documentDatabase' ? [account, nameOf('kubernetes', account, 'mongodb')] : [account];
        return names.map((each) => selectorOf({ name: each, instance: prefix }));
      });
  }
}

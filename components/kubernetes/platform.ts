import type * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type {
  DocumentDatabasePlan,
  ObjectStorePlan,
  Plan,
  RegionPlan,
  RelationalDatabasePlan,
  ServicePlan,
} from '../../plan/types';
import type {
  ConfigurationSecrets,
  ContentDelivery,
  DocumentDatabase,
  Entry,
  ObjectStore,
  Platform,
  Region,
  RelationalDatabase,
  SecretReference,
} from '../platform';
import { clusterProvider } from './provider';
import { KubernetesRegion } from './region';
import { secretReference } from './secret-reference';

/** A plan on a cluster that is there already. Translates each part of it to the arguments of a component. */
export class KubernetesPlatform implements Platform {
  private readonly provider: k8s.Provider;
  private home?: KubernetesRegion;

  constructor(
    private readonly plan: Plan,
    private readonly secrets: ConfigurationSecrets,
  ) {
    const { prefix, given, accounts } = plan;
    this.provider = clusterProvider(`${prefix}-kubernetes`, {
      kubeconfig: given.kubeconfig ? secrets.single('kubeconfig') : undefined,
      context: accounts.kubernetes.context,
    });
  }

  region(plan: RegionPlan): Region {
    this.home = new KubernetesRegion(this.plan, plan, this.provider, this.secrets);
    return this.home;
  }

  documentDatabase(plan: DocumentDatabasePlan): DocumentDatabase {
    if (!plan.existing) return this.home!.documentDatabase(plan);
    const secret = secretReference(`${plan.name}-database-url`, this.secrets.single('databaseUrl'));
    return { connection: { port: plan.port, secret } };
  }

  /** Made by the operator, or the user's own by its URL. */
  relationalDatabase(plan: RelationalDatabasePlan): RelationalDatabase {
    if (!plan.existing) return this.home!.relationalDatabase(plan);
    const secret = secretReference(`${plan.name}-database-url`, this.secrets.single('databaseUrl'));
    return { plan, primary: { port: plan.port, secret }, readers: {} };
  }

  /** A bucket of the user's own object store, which is there already; `nextBests` says what happens without. */
  objectStore(plan: ObjectStorePlan): ObjectStore | undefined {
    const { objectStore } = this.plan.accounts.kubernetes;
    if (!objectStore) return undefined;
    const bucket = pulumi.output(`${objectStore.bucketPrefix}-${plan.name}`);
    return { name: plan.name, bucket, endpoint: objectStore.endpoint };
  }

  contentDelivery(): ContentDelivery | undefined {
    return undefined;
  }

  /** Nodes are somebody else's bill. */
  budget(): void {}

  applicationSecret(name: string, value: pulumi.Output<string>): SecretReference {
    return secretReference(name, value);
  }

  /** The record leads to the balancer's address; a balancer that has only a name puts the name there, and is refused. */
  entry(service: ServicePlan): Entry {
    const address = this.home!.host()
      .edgeAddress(service)
      .apply(({ ip, hostname }) => ip ?? hostname ?? '');
    const url = pulumi.output(`https://${this.plan.domain.name}`);
    return { url, target: { kind: 'addresses', addresses: [address] } };
  }
}

import type * as pulumi from '@pulumi/pulumi';
import type {
  BudgetPlan,
  ContentDeliveryPlan,
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
  ProviderSettings,
  Region,
  RelationalDatabase,
  SecretReference,
} from '../platform';
import { mostChannels, MonthlyBudget } from './budget/monthly-budget';
import { ContentDelivery as Content } from './content-delivery/content-delivery';
import { SigningKey } from './content-delivery/signing-key';
import { openDocumentDatabase } from './document-database';
import { openEntry } from './entry/open-entry';
import { LogArchive } from './logging/log-archive';
import { ObjectBucket } from './object-store/bucket';
import { GcpRegion } from './region';
import { openRelationalDatabase } from './relational/open-database';
import { givenSecret, ownSecret } from './secrets/reference';
import { StoredSecret } from './secrets/stored-secret';
import { GcpStack } from './stack';

/** Days in which what was deleted from a bucket can be brought back; Google's own default. */
const SOFT_DELETE_DAYS = 7;

/** A plan on Google Cloud. Translates each part of the plan to the arguments of a component, and decides nothing. */
export class GcpPlatform implements Platform {
  private readonly stack: GcpStack;
  private readonly regions: GcpRegion[] = [];
  private readonly buckets = new Map<string, ObjectBucket>();

  constructor(
    private readonly plan: Plan,
    private readonly secrets: ConfigurationSecrets,
    providers: ProviderSettings,
  ) {
    const { prefix, logs, safety, regions } = plan;
    this.stack = new GcpStack(plan, providers);
    new LogArchive(
      `${prefix}-logs`,
      {
        projectId: this.stack.projectId,
        region: regions[0]!.name,
        prefix,
        retentionDays: logs.retentionDays,
        protect: safety.protectStores,
      },
      this.stack.options,
    );
  }

  region(plan: RegionPlan): Region {
    const region = new GcpRegion(this.stack, plan, this.secrets);
    this.regions.push(region);
    return region;
  }

  documentDatabase(plan: DocumentDatabasePlan): DocumentDatabase {
    const { databaseSecretId } = this.plan.accounts.gcp;
    if (databaseSecretId) {
      return { connection: { port: plan.port, secret: givenSecret(databaseSecretId, this.stack.provider) } };
    }
    const store = (url: pulumi.Output<string>): SecretReference =>
      this.secret(`${plan.name}-database-url`, url, `URL of the document database of ${this.plan.title}`);
    if (plan.existing) {
      return { connection: { port: plan.port, secret: store(this.secrets.single('databaseUrl')) } };
    }
    const atlas = openDocumentDatabase(this.stack, plan, this.regions);
    return { connection: { host: atlas.host, port: plan.port, secret: store(atlas.url) } };
  }

  relationalDatabase(plan: RelationalDatabasePlan): RelationalDatabase {
    const { port } = plan;
    const { databaseSecretId } = this.plan.accounts.gcp;
    if (databaseSecretId) {
      return { plan, primary: { port, secret: givenSecret(databaseSecretId, this.stack.provider) }, readers: {} };
    }
    if (plan.existing) {
      const url = this.secrets.single('databaseUrl');
      const secret = this.secret(`${plan.name}-database-url`, url, `URL of the database of ${this.plan.title}`);
      return { plan, primary: { port, secret }, readers: {} };
    }
    const { database, cloudSql } = openRelationalDatabase(this.stack, plan, this.regions);
    this.stack.cloudSql = cloudSql;
    return database;
  }

  objectStore(plan: ObjectStorePlan): ObjectStore {
    const { prefix, safety, environment, regions } = this.plan;
    const bucket = new ObjectBucket(
      `${prefix}-${plan.name}`,
      {
        region: regions[0]!.name,
        noncurrentVersionDays: plan.noncurrentVersionDays,
        infrequentAccessAfterDays: plan.infrequentAccessAfterDays,
        softDeleteDays: SOFT_DELETE_DAYS,
        emptyOnDelete: environment === 'dev',
        protect: safety.protectStores,
        labels: this.stack.labels,
      },
      this.stack.options,
    );
    this.buckets.set(plan.name, bucket);
    return { name: plan.name, bucket: bucket.name };
  }

  contentDelivery(plan: ContentDeliveryPlan): ContentDelivery {
    const { prefix, domain, accounts } = this.plan;
    const content = new Content(
      `${prefix}-content`,
      {
        projectId: this.stack.projectId,
        projectNumber: this.stack.projectNumber,
        domain: domain.contentName,
        dnsZone: accounts.gcp.dnsZone,
        certificateMap: accounts.gcp.certificateMap,
        origins: plan.origins.map(({ store, ...origin }) => ({
          ...origin,
          // A store may be served to everybody under one path, and to those with a signature under another.
          name:
            origin.signed && plan.origins.some((other) => other.store === store && !other.signed)
              ? `${store}-signed`
              : store,
          bucket: this.buckets.get(store)!,
        })),
        signingKey: plan.origins.some(({ signed }) => signed) ? this.createSigningKey() : undefined,
        labels: this.stack.labels,
      },
      this.stack.options,
    );
    this.stack.signing = content.signing;
    return {
      url: content.url,
      target: { kind: 'addresses', addresses: [content.front.address.address] },
    };
  }

  /** Without a billing account there is nothing to watch; `nextBests` says so, and who is not told. */
  budget(plan: BudgetPlan): void {
    const { prefix, accounts } = this.plan;
    const { billingAccountId } = accounts.gcp;
    if (billingAccountId === undefined) return;
    new MonthlyBudget(
      `${prefix}-budget`,
      {
        billingAccountId,
        projectNumber: this.stack.projectNumber,
        monthlyUsd: plan.monthlyUsd,
        alertPercents: plan.alertPercents,
        channelIds: this.stack.channels.ids.slice(0, mostChannels),
      },
      this.stack.options,
    );
  }

  applicationSecret(name: string, value: pulumi.Output<string>): SecretReference {
    return this.secret(name.toLowerCase().replace(/_/g, '-'), value, `${name} of ${this.plan.title}`);
  }

  entry(service: ServicePlan): Entry {
    return openEntry(this.stack, this.regions, service);
  }

  private createSigningKey(): SigningKey {
    const { prefix, safety } = this.plan;
    return new SigningKey(
      `${prefix}-content`,
      { recoveryDays: safety.secretRecoveryDays, labels: this.stack.labels },
      this.stack.options,
    );
  }

  private secret(name: string, value: pulumi.Output<string>, description: string): SecretReference {
    const { prefix, safety } = this.plan;
    return ownSecret(
      new StoredSecret(
        `${prefix}-${name}`,
        {
          value,
          description,
          recoveryDays: safety.secretRecoveryDays,
          deletionProtection: safety.deletionProtection,
          protect: safety.protectStores,
          labels: this.stack.labels,
        },
        this.stack.options,
      ),
    );
  }
}

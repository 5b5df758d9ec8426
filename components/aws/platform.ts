import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
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
import { MonthlyBudget } from './budget/monthly-budget';
import { ContentDelivery as Distribution } from './content-delivery/distribution';
import { AliasRecord } from './dns/alias-record';
import { Certificates } from './dns/certificates';
import { openDocumentDatabase } from './document-database';
import { ObjectBucket } from './object-store/bucket';
import { Peering } from './network/peering';
import { AwsRegion } from './region';
import { openRelationalDatabase } from './relational-database';
import { givenSecret, ownSecret } from './secrets/reference';
import { StoredSecret } from './secrets/stored-secret';

/** CloudFront takes certificates from this region alone, wherever the stack's own regions are. */
const CLOUDFRONT_REGION = 'us-east-1';

/** A plan on AWS. Translates each part of the plan to the arguments of a component, and decides nothing. */
export class AwsPlatform implements Platform {
  private readonly provider: aws.Provider;
  private readonly certificates: Certificates;
  private readonly regions: AwsRegion[] = [];
  private readonly buckets = new Map<string, ObjectBucket>();

  constructor(
    private readonly plan: Plan,
    private readonly secrets: ConfigurationSecrets,
    providers: ProviderSettings,
  ) {
    const home = plan.regions[0]!.name;
    const { allowedAccountIds, certificates, hostedZoneId } = plan.accounts.aws;
    this.provider = new aws.Provider(`${plan.prefix}-aws`, {
      ...providers.aws,
      region: home as aws.Region,
      // The guard against running one account's stack with another account's credentials.
      allowedAccountIds: allowedAccountIds.length > 0 ? allowedAccountIds : undefined,
    });
    this.certificates = new Certificates(certificates, hostedZoneId, plan.tags, this.options);
  }

  region(plan: RegionPlan): Region {
    const region = new AwsRegion(this.plan, plan, this.provider, this.certificates, this.secrets);
    const home = this.regions[0];
    if (home) {
      // A private endpoint leads only to the database's nodes of its own region; the way to the others is this peering,
      // into the data subnets, where the endpoints are.
      new Peering(
        `${this.plan.prefix}-peering-${plan.code}`,
        { requester: home.network, accepter: region.network, reachDataSubnets: true, tags: this.plan.tags },
        this.options,
      );
    }
    this.regions.push(region);
    return region;
  }

  documentDatabase(plan: DocumentDatabasePlan): DocumentDatabase {
    const { databaseSecretId } = this.plan.accounts.aws;
    if (databaseSecretId) {
      return { connection: { port: plan.port, secret: givenSecret(databaseSecretId, this.provider) } };
    }
    const store = (url: pulumi.Output<string>): SecretReference =>
      ownSecret(this.secret(`${plan.name}-database-url`, url, `URL of the document database of ${this.plan.title}`));
    if (plan.existing) {
      return { connection: { port: plan.port, secret: store(this.secrets.single('databaseUrl')) } };
    }
    const atlas = openDocumentDatabase(this.plan, plan, this.regions, this.options);
    return { connection: { host: atlas.host, port: plan.port, secret: store(atlas.url) } };
  }

  relationalDatabase(plan: RelationalDatabasePlan): RelationalDatabase {
    const { databaseSecretId } = this.plan.accounts.aws;
    const { port } = plan;
    if (databaseSecretId) {
      const secret = givenSecret(databaseSecretId, this.provider);
      return { plan, primary: { port, secret }, readers: {} };
    }
    if (plan.existing) {
      const url = this.secrets.single('databaseUrl');
      const secret = this.secret(`${plan.name}-database-url`, url, `URL of the database of ${this.plan.title}`);
      return { plan, primary: { port, secret: ownSecret(secret) }, readers: {} };
    }
    return openRelationalDatabase(this.plan, plan, this.regions, this.options);
  }

  objectStore(plan: ObjectStorePlan): ObjectStore {
    const { prefix, safety, tags, environment, contentDelivery } = this.plan;
    const bucket = new ObjectBucket(
      `${prefix}-${plan.name}`,
      {
        region: this.home.name,
        noncurrentVersionDays: plan.noncurrentVersionDays,
        infrequentAccessAfterDays: plan.infrequentAccessAfterDays,
        servedByCdn: contentDelivery?.origins.some((origin) => origin.store === plan.name) ?? false,
        emptyOnDelete: environment === 'dev',
        protect: safety.protectStores,
        accessLogs: this.home.accessLogs,
        tags,
      },
      this.options,
    );
    this.buckets.set(plan.name, bucket);
    return { name: plan.name, bucket: bucket.name };
  }

  contentDelivery(plan: ContentDeliveryPlan): ContentDelivery {
    const { prefix, domain, tags, accounts } = this.plan;
    const { hostedZoneId } = accounts.aws;
    const distribution = new Distribution(
      `${prefix}-content`,
      {
        region: this.home.name,
        domain: domain.contentName,
        certificateArn: this.certificates.arn(`${prefix}-content-certificate`, domain.contentName, CLOUDFRONT_REGION),
        origins: plan.origins.map(({ store, ...origin }) => ({ ...origin, bucket: this.buckets.get(store)! })),
        priceClass: plan.priceClass,
        signingPublicKey: plan.signingPublicKey,
        tags,
      },
      this.options,
    );
    if (hostedZoneId) {
      new AliasRecord(
        `${prefix}-content-alias`,
        {
          zoneId: hostedZoneId,
          domain: domain.contentName,
          target: { dnsName: distribution.domainName, zoneId: distribution.hostedZoneId },
          region: this.home.name,
          // CloudFront answers on IPv6 too, and has no health that Route 53 could ask for.
          ipv6: true,
          evaluateTargetHealth: false,
        },
        this.options,
      );
    }
    return { url: distribution.url, target: { kind: 'name', name: distribution.domainName } };
  }

  budget(plan: BudgetPlan): void {
    const { prefix, alertEmails, system, environment, tags } = this.plan;
    new MonthlyBudget(
      `${prefix}-budget`,
      { ...plan, emails: alertEmails, costTags: { System: system, Environment: environment }, tags },
      this.options,
    );
  }

  applicationSecret(name: string, value: pulumi.Output<string>): SecretReference {
    return ownSecret(this.secret(name.toLowerCase().replace(/_/g, '-'), value, `${name} of ${this.plan.title}`));
  }

  entry(service: ServicePlan): Entry {
    const names = this.regions.flatMap((region) => region.serving?.entry(service) ?? []);
    // The records of all regions have one name; where somebody else's record is to lead here, it is to the home region.
    return { url: pulumi.output(`https://${this.plan.domain.name}`), target: { kind: 'name', name: names[0]! } };
  }

  /** One secret, copied to every further region so that its services read it nearby. */
  private secret(name: string, value: pulumi.Output<string>, description: string): StoredSecret {
    const { prefix, safety, tags } = this.plan;
    return new StoredSecret(
      `${prefix}-${name}`,
      {
        region: this.home.name,
        value,
        description,
        recoveryDays: safety.secretRecoveryDays,
        replicaRegions: this.regions.slice(1).map((region) => region.name),
        protect: safety.protectStores,
        tags,
      },
      this.options,
    );
  }

  private get home(): AwsRegion {
    return this.regions[0]!;
  }

  private get options(): pulumi.ComponentResourceOptions {
    return { providers: [this.provider] };
  }
}

import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type {
  BudgetPlan,
  ContentDeliveryPlan,
  DocumentDatabasePlan,
  ObjectStorePlan,
  Plan,
  RegionPlan,
} from '../../plan/types';
import type {
  Connection,
  ContentDelivery,
  DocumentDatabase,
  ObjectStore,
  Platform,
  Region,
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
import { StoredSecret } from './secrets/stored-secret';

/** CloudFront takes certificates from this region alone, wherever the stack's own regions are. */
const CLOUDFRONT_REGION = 'us-east-1';

/** A plan on AWS. Translates each part of the plan to the arguments of a component, and decides nothing. */
export class AwsPlatform implements Platform {
  private readonly provider: aws.Provider;
  private readonly certificates: Certificates;
  private readonly regions: AwsRegion[] = [];
  private readonly buckets = new Map<string, ObjectBucket>();

  constructor(private readonly plan: Plan) {
    const home = plan.regions[0]!.name;
    const { allowedAccountIds } = plan.safety;
    this.provider = new aws.Provider(`${plan.prefix}-aws`, {
      region: home as aws.Region,
      // The guard against running one account's stack with another account's credentials.
      allowedAccountIds: allowedAccountIds.length > 0 ? allowedAccountIds : undefined,
    });
    this.certificates = new Certificates(plan.domain.certificates, plan.domain.zoneId, plan.tags, this.options);
  }

  region(plan: RegionPlan): Region {
    const region = new AwsRegion(this.plan, plan, this.provider, this.certificates);
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
    return { connection: this.documentConnection(plan) };
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
        tags,
      },
      this.options,
    );
    this.buckets.set(plan.name, bucket);
    return { name: plan.name, bucket: bucket.name };
  }

  contentDelivery(plan: ContentDeliveryPlan): ContentDelivery {
    const { prefix, domain, tags } = this.plan;
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
    if (domain.zoneId) {
      new AliasRecord(
        `${prefix}-content-alias`,
        {
          zoneId: domain.zoneId,
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
    return { url: distribution.url };
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
    return { id: this.secret(name.toLowerCase().replace(/_/g, '-'), value, `${name} of ${this.plan.title}`).arn };
  }

  private documentConnection(plan: DocumentDatabasePlan): Connection {
    return openDocumentDatabase(this.plan, plan, this.regions, this.options, (value) =>
      this.secret(`${plan.name}-database-url`, value, `URL of the document database of ${this.plan.title}`),
    );
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

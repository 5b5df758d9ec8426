import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import type {
  ContentDeliveryPlan,
  DocumentDatabasePlan,
  ObjectStorePlan,
  Plan,
  RegionPlan,
  RelationalDatabasePlan,
  ServicePlan,
} from '../../plan/types';
import { nameOf } from '../naming';
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
import { QueueCheck } from './alerts/queue-check';
import { Uptime } from './alerts/uptime';
import { ContentDelivery as Cdn, nearestTtl } from './content-delivery/cdn';
import { AddressRecords } from './dns/address-records';
import { Certificates } from './dns/certificates';
import { openDocumentDatabase } from './document-database';
import { queuePath } from './droplet-pool/queue-watch';
import { addressesOf } from './entry/addresses';
import { ObjectBucket } from './object-store/bucket';
import { spacesEndpoint } from './object-store/spaces';
import { watchedQueues } from './queues';
import { DigitalOceanRegion, type Shared } from './region';
import { openRelationalDatabase } from './relational-database';
import { SecretVault } from './secrets/vault';
import { LockedKey } from './ssh/locked-key';

/** A plan on DigitalOcean. Translates each part of the plan to the arguments of a component, and decides nothing. */
export class DigitalOceanPlatform implements Platform {
  private readonly provider: digitalocean.Provider;
  private readonly project: digitalocean.Project;
  private readonly regions: DigitalOceanRegion[] = [];
  private readonly buckets = new Map<string, ObjectBucket>();
  private readonly shared: Shared;
  private opened?: SecretVault;
  private locked?: LockedKey;

  constructor(
    private readonly plan: Plan,
    private readonly secrets: ConfigurationSecrets,
    providers: ProviderSettings,
  ) {
    const { prefix } = plan;
    // Token and Spaces keys come from the environment (DIGITALOCEAN_TOKEN, SPACES_ACCESS_KEY_ID, …) where the provider's own
    // configuration does not have them, encrypted.
    this.provider = new digitalocean.Provider(`${prefix}-digitalocean`, { ...providers.digitalocean });
    this.project = new digitalocean.Project(
      nameOf('digitalocean:project', prefix),
      {
        description: `${plan.title}, ${plan.environment}`,
        purpose: 'Service or API',
        environment: projectEnvironments[plan.environment],
      },
      // A pool's droplets take minutes to shut down after it is gone, and until then the project is not empty and stays.
      { provider: this.provider, customTimeouts: { delete: '15m' } },
    );
    const { options } = this;
    this.shared = {
      options,
      projectId: this.project.id,
      certificates: new Certificates(plan.accounts.digitalocean, { provider: this.provider }),
      keep: (name, value) => this.keep(name, value),
      sshKeys: () => this.sshKeys(),
      assign: (name, urn) => this.assign(name, urn),
    };
  }

  region(plan: RegionPlan): Region {
    const region = new DigitalOceanRegion(this.plan, plan, this.shared, this.secrets);
    const home = this.regions[0];
    if (home) {
      // The documents are at home; services of the other regions reach them by this.
      region.peering = new digitalocean.VpcPeering(
        nameOf('digitalocean', this.plan.prefix, 'peering', plan.code),
        { vpcIds: [home.network.vpcId, region.network.vpcId] },
        { provider: this.provider },
      );
    }
    this.regions.push(region);
    return region;
  }

  documentDatabase(plan: DocumentDatabasePlan): DocumentDatabase {
    return { connection: openDocumentDatabase(this.plan, plan, this.regions, this.secrets) };
  }

  relationalDatabase(plan: RelationalDatabasePlan): RelationalDatabase {
    return openRelationalDatabase(this.plan, plan, this.regions, this.secrets);
  }

  objectStore(plan: ObjectStorePlan): ObjectStore {
    const { prefix, safety, environment } = this.plan;
    const region = this.home.name;
    const name = `${prefix}-${plan.name}`;
    const bucket = new ObjectBucket(
      name,
      {
        region,
        noncurrentVersionDays: plan.noncurrentVersionDays,
        emptyOnDelete: environment === 'dev',
        protect: safety.protectStores,
      },
      this.options,
    );
    this.buckets.set(plan.name, bucket);
    this.assign(name, bucket.bucket.bucketUrn);
    return { name: plan.name, bucket: bucket.name, endpoint: spacesEndpoint(region) };
  }

  /** One bucket alone, the default one: DigitalOcean's CDN has no paths. */
  contentDelivery(plan: ContentDeliveryPlan): ContentDelivery | undefined {
    const { prefix, domain } = this.plan;
    const [origin] = plan.origins;
    const bucket = origin && this.buckets.get(origin.store);
    if (!bucket) return undefined;
    const content = new Cdn(
      `${prefix}-content`,
      {
        origin: bucket.domainName,
        domain: domain.contentName,
        certificateName: this.shared.certificates.nameFor(`${prefix}-content-certificate`, domain.contentName),
        maxAgeSeconds: nearestTtl(origin.maxAgeSeconds),
      },
      this.options,
    );
    return { url: content.url, target: { kind: 'name', name: content.cdn.endpoint } };
  }

  /** DigitalOcean has billing alerts by hand alone; `nextBests` says so. */
  budget(): void {}

  applicationSecret(name: string, value: pulumi.Output<string>): SecretReference {
    return this.keep(name.toLowerCase().replace(/_/g, '-'), value);
  }

  entry(service: ServicePlan): Entry {
    const { prefix, domain, accounts, alertEmails } = this.plan;
    const addresses = addressesOf(this.plan, service, this.regions, this.shared);
    const { dnsDomain } = accounts.digitalocean;
    if (dnsDomain !== undefined) {
      new AddressRecords(
        `${prefix}-${service.name}-records`,
        { domain: dnsDomain, host: domain.name, addresses },
        this.options,
      );
    }
    const url = `https://${domain.name}`;
    new Uptime(
      `${prefix}-${service.name}-uptime`,
      { target: `${url}${service.healthCheck.path}`, emails: alertEmails },
      this.options,
    );
    this.watchQueues(service, url);
    return { url: pulumi.output(url), target: { kind: 'addresses', addresses: Object.values(addresses) } };
  }

  private watchQueues(service: ServicePlan, url: string): void {
    const { prefix, alertEmails: emails } = this.plan;
    if (emails.length === 0) return;
    for (const watch of watchedQueues(this.plan, service)?.watches ?? []) {
      const name = `${prefix}-${watch.queue}-queue-above-${watch.jobs}`;
      new QueueCheck(name, { target: `${url}${queuePath(watch)}`, emails }, this.options);
    }
  }

  /** Where droplets read it, and its value, for a cluster to keep a copy of. */
  private keep(name: string, value: pulumi.Input<string>): SecretReference {
    return { id: this.vault().keep(name, value), value: () => pulumi.secret(value) };
  }

  /** Made for the first secret, when every region is there. */
  private vault(): SecretVault {
    return (this.opened ??= this.openVault(`${this.plan.prefix}-vault`));
  }

  private openVault(name: string): SecretVault {
    const vault = new SecretVault(
      name,
      {
        region: this.home.name,
        readerAddresses: this.regions.flatMap(({ network }) => network.publicAddress ?? []),
        protect: this.plan.safety.protectStores,
      },
      this.options,
    );
    this.assign(name, vault.bucket.bucketUrn);
    return vault;
  }

  private sshKeys(): pulumi.Input<string>[] {
    const { prefix, accounts } = this.plan;
    if (accounts.digitalocean.sshKeys.length > 0) return accounts.digitalocean.sshKeys;
    return [(this.locked ??= new LockedKey(`${prefix}-locked-key`, {}, this.options)).fingerprint];
  }

  private assign(name: string, urn: pulumi.Input<string>): void {
    new digitalocean.ProjectResources(
      nameOf('digitalocean', name),
      { project: this.project.id, resources: [urn] },
      { provider: this.provider },
    );
  }

  private get home(): DigitalOceanRegion {
    return this.regions[0]!;
  }

  private get options(): pulumi.ComponentResourceOptions {
    return { providers: [this.provider] };
  }
}

/** DigitalOcean knows three words for it. */
const projectEnvironments = { dev: 'Development', staging: 'Staging', prod: 'Production' } as const;

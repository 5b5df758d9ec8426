import type * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import type { SecretReference } from '../../platform';
import type { RelationalArgs } from './arguments';
import { monitoringRole, standOn, type Standing } from './ground';
import { DatabaseProxy } from './proxy';
import { rdsFaults } from './rds-faults';
import { createPrimary, parameterGroup } from './rds-primary';
import { createReaders } from './reader-regions';
import type { Readers } from './readers';
import { type Address, DatabaseSecrets } from './secrets';

/**
 * PostgreSQL or MySQL on RDS that grows in place: class, storage, standby and replicas change on the instance that is
 * there. A change of the class applies at once and restarts the server: some minutes, or with a standby the failover of
 * a minute or two. Storage grows by itself when 10 % are free, up to `storage.maxGb`.
 *
 * Nothing connects without TLS; the password and the URLs are in Secrets Manager (`DatabaseSecrets`). Where the plan wants
 * blue/green deployments, the server is ready for one that is made by hand; the provider's own would not keep the store.
 *
 * Cost, us-east-1: hours × price × 730 + GiB × 0.115, both twice with a standby, and as much again for each replica. One
 * db.t3.small with 20 GiB: 0.036 × 730 + 20 × 0.115 = 28.58 USD a month. db.m5.large with standby, 100 GiB and two
 * replicas: (2 + 2) × (0.178 × 730 + 100 × 0.115) = 565.76 USD. A week of Performance Insights is free.
 *
 * ```ts
 * const database = new RdsDatabase('sv-sdk-prod-database', {
 *   region: 'us-east-1', vpcId: network.vpcId, subnetIds: network.dataSubnetIds, zones: network.zones,
 *   clientSecurityGroupIds: { services: clients.id }, ...plan.relationalDatabase,
 *   deletionProtection: true, finalSnapshot: true, recoveryDays: 30, logRetentionDays: 90, protect: true,
 * });
 * ```
 */
export class RdsDatabase extends pulumi.ComponentResource {
  readonly primary: aws.rds.Instance;
  /** By region; one without readers is not in it. */
  readonly readers: Record<string, Readers>;
  readonly proxy?: DatabaseProxy;
  /** Where clients write: the proxy where there is one. */
  readonly address: Address;
  readonly passwordSecret: SecretReference;
  /** URL of `address`. */
  readonly urlSecret: SecretReference;
  /** URL of a region's readers. */
  readonly readerSecrets: Record<string, SecretReference>;
  readonly securityGroup: aws.ec2.SecurityGroup;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: RelationalArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('RdsDatabase', name, rdsFaults(args));
    super('stackladder:aws:RdsDatabase', name, {}, opts);
    const secrets = new DatabaseSecrets(name, args, { parent: this });
    const standing = standOn(name, args, args, this);
    const monitoring = monitoringRole(name, args, this);
    const parts = { standing, monitoring, parameters: parameterGroup(name, args.region, args, this) };
    this.securityGroup = standing.securityGroup;
    this.primary = createPrimary(name, args, parts, secrets, this);
    this.readers = createReaders(name, args, parts, this.primary, this);
    this.proxy = args.proxy ? this.createProxy(name, args, standing, secrets) : undefined;
    this.address = this.proxy ?? { host: this.primary.address, port: this.primary.port };
    const { password, primary, readers } = this.connect(secrets);
    this.passwordSecret = password;
    this.urlSecret = primary;
    this.readerSecrets = readers;
    this.registerOutputs({ host: this.address.host, port: this.address.port });
  }

  private createProxy(
    name: string,
    args: RelationalArgs,
    { securityGroup }: Standing,
    secrets: DatabaseSecrets,
  ): DatabaseProxy {
    const login = secrets.proxyLogin();
    const database = { securityGroup, target: { dbInstanceIdentifier: this.primary.identifier } };
    return new DatabaseProxy(`${name}-proxy`, { ...args, login, database }, { parent: this });
  }

  private connect(secrets: DatabaseSecrets) {
    const { identifier, arn } = this.primary;
    const regions = Object.entries(this.readers).map(([region, at]) => [`readers-${region}`, at] as const);
    const addresses: Record<string, Address> = { primary: this.address, ...Object.fromEntries(regions) };
    const { password, urls } = secrets.connect(addresses, { kind: 'instance', identifier, arn });
    const readers = Object.keys(this.readers).map((region) => [region, urls[`readers-${region}`]!] as const);
    return { password, primary: urls.primary!, readers: Object.fromEntries(readers) };
  }
}

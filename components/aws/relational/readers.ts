import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { RelationalArgs } from './arguments';
import type { MonitoringRole } from './ground';
import { instanceShape } from './instance-shape';

/** One region's readers of a primary. */
export interface ReadersArgs {
  database: RelationalArgs;
  region: string;
  vpcId: pulumi.Input<string>;
  zones: string[];
  count: number;
  /** Identifier of a primary in the same region, ARN of one in another. */
  source: pulumi.Input<string>;
  parameterGroupName: pulumi.Input<string>;
  securityGroupId: pulumi.Input<string>;
  /** In the primary's region the subnet group is the primary's own, and RDS refuses another. */
  subnetGroupName?: pulumi.Input<string>;
  /** Encrypts a copy in another region; undefined in the primary's own, whose key it is. */
  kmsKeyId?: pulumi.Input<string>;
  monitoring?: MonitoringRole;
}

/** Seconds after which a client asks again where the readers are. */
const TTL = 60;

/**
 * Read replicas in one region, in other zones than the first, where the primary is made. RDS gives each an address of its
 * own and none to all of them: with more than one there is a private name that leads to each in turn.
 *
 * Cost, us-east-1: each as much as its primary without a standby, and 0.50 USD a month for the name.
 */
export class Readers extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly replicas: aws.rds.Instance[];

  constructor(name: string, args: ReadersArgs, opts?: pulumi.ComponentResourceOptions) {
    super('stackladder:aws:Readers', name, {}, opts);
    this.replicas = Array.from({ length: args.count }, (_, at) => this.replica(name, at, args));
    this.port = this.replicas[0]!.port;
    this.host = this.replicas.length === 1 ? this.replicas[0]!.address : this.commonName(name, args);
    this.registerOutputs({ host: this.host, port: this.port });
  }

  private replica(name: string, at: number, args: ReadersArgs): aws.rds.Instance {
    const { database, region, zones, monitoring } = args;
    return new aws.rds.Instance(
      nameOf('aws:rds/instance', name, String(at + 1)),
      {
        ...instanceShape(database, monitoring),
        region,
        replicateSourceDb: args.source,
        availabilityZone: zones[(at + 1) % zones.length],
        dbSubnetGroupName: args.subnetGroupName,
        kmsKeyId: args.kmsKeyId,
        parameterGroupName: args.parameterGroupName,
        vpcSecurityGroupIds: [args.securityGroupId],
        // A copy: what it holds is the primary's, and so are the backups.
        skipFinalSnapshot: true,
        tags: database.tags,
      },
      {
        parent: this,
        // A phase may bring another zone; a replica that is there stays where it is.
        ignoreChanges: ['availabilityZone'],
        dependsOn: monitoring && [monitoring.attachment],
        customTimeouts: { create: '3h', update: '3h', delete: '2h' },
      },
    );
  }

  private commonName(name: string, { database, vpcId, region }: ReadersArgs): pulumi.Output<string> {
    const host = `${nameOf('aws:rds/instance', name)}.internal`;
    const zone = new aws.route53.Zone(
      nameOf('aws:route53', name),
      {
        name: host,
        comment: `Readers of ${database.name}`,
        vpcs: [{ vpcId, vpcRegion: region as aws.Region }],
        tags: database.tags,
      },
      { parent: this },
    );
    const records = this.replicas.map(
      (replica, at) =>
        new aws.route53.Record(
          nameOf('aws:route53', name, String(at + 1)),
          {
            zoneId: zone.zoneId,
            name: `all.${host}`,
            type: 'CNAME',
            ttl: TTL,
            records: [replica.address],
            setIdentifier: String(at + 1),
            weightedRoutingPolicies: [{ weight: 1 }],
          },
          { parent: this },
        ),
    );
    return records[0]!.fqdn;
  }
}

import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { sqlPorts } from '../../../plan/database-ports';
import { nameOf } from '../../naming';
import { closedGroup } from '../closed-group';
import type { StoredSecret } from '../secrets/stored-secret';
import type { RelationalArgs } from './arguments';

export interface DatabaseProxyArgs extends Pick<
  RelationalArgs,
  'region' | 'vpcId' | 'subnetIds' | 'engine' | 'port' | 'clientSecurityGroupIds' | 'clientCidrs' | 'tags'
> {
  /** User and password, as JSON. */
  login: StoredSecret;
  database: {
    securityGroup: aws.ec2.SecurityGroup;
    target: { dbInstanceIdentifier: pulumi.Input<string> } | { dbClusterIdentifier: pulumi.Input<string> };
  };
}

/** Percent of what the database accepts: the rest is for people and monitoring (j). */
const MOST_CONNECTIONS_PERCENT = 90;

/**
 * RDS Proxy in front of a database: AWS's own pooler, which keeps clients through a failover. TLS on both sides.
 *
 * Cost, us-east-1: 0.015 USD an hour for each vCPU of the database, two at least: 2 × 0.015 × 730 = 21.90 USD a month.
 */
export class DatabaseProxy extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  readonly port: number;
  readonly proxy: aws.rds.Proxy;

  constructor(name: string, args: DatabaseProxyArgs, opts?: pulumi.ComponentResourceOptions) {
    super('stackladder:aws:DatabaseProxy', name, {}, opts);
    // RDS Proxy listens on the engine's own port, whatever the database's is.
    this.port = sqlPorts[args.engine];
    this.proxy = this.createProxy(name, args);
    const target = this.lead(name, args);
    // Known once the database stands behind it.
    this.host = pulumi.all([this.proxy.endpoint, target.id]).apply(([endpoint]) => endpoint);
    this.registerOutputs({ host: this.host, port: this.port });
  }

  private createProxy(name: string, args: DatabaseProxyArgs): aws.rds.Proxy {
    const { region, vpcId, clientSecurityGroupIds, clientCidrs, tags } = args;
    const clients = { clientSecurityGroupIds, clientCidrs };
    const description = 'Proxy of a database: its clients alone';
    const group = closedGroup(name, { region, vpcId, description, port: this.port, ...clients, tags }, this);
    this.letThrough(name, args, group);
    const { role, policy } = this.createRole(name, args);
    return new aws.rds.Proxy(
      nameOf('aws:rds/proxy', name),
      {
        region,
        engineFamily: args.engine === 'mysql' ? 'MYSQL' : 'POSTGRESQL',
        roleArn: role.arn,
        requireTls: true,
        auths: [{ authScheme: 'SECRETS', iamAuth: 'DISABLED', secretArn: args.login.arn }],
        vpcSubnetIds: args.subnetIds,
        vpcSecurityGroupIds: [group.id],
        tags,
      },
      {
        parent: this,
        // Fixed for life: a zone that a later phase brings makes no new proxy.
        ignoreChanges: ['vpcSubnetIds'],
        dependsOn: [policy],
        customTimeouts: { create: '1h', update: '1h', delete: '1h' },
      },
    );
  }

  /** Out of the proxy to the database, and into the database from the proxy. */
  private letThrough(
    name: string,
    { region, port, database, tags }: DatabaseProxyArgs,
    own: aws.ec2.SecurityGroup,
  ): void {
    const rule = { region, ipProtocol: 'tcp', fromPort: port, toPort: port, tags };
    const to = { ...rule, securityGroupId: own.id, referencedSecurityGroupId: database.securityGroup.id };
    const from = { ...rule, securityGroupId: database.securityGroup.id, referencedSecurityGroupId: own.id };
    new aws.vpc.SecurityGroupEgressRule(
      nameOf('aws:ec2', name, 'to-database'),
      { ...to, description: 'To the database' },
      { parent: this },
    );
    new aws.vpc.SecurityGroupIngressRule(
      nameOf('aws:ec2', name, 'into-database'),
      { ...from, description: 'From the proxy' },
      { parent: this },
    );
  }

  private createRole(name: string, { login, tags }: DatabaseProxyArgs) {
    const assume = { Effect: 'Allow', Principal: { Service: 'rds.amazonaws.com' }, Action: 'sts:AssumeRole' };
    const role = new aws.iam.Role(
      nameOf('aws:iam/role', name),
      {
        description: 'Reads the login that a database proxy connects with',
        assumeRolePolicy: JSON.stringify({ Version: '2012-10-17', Statement: [assume] }),
        tags,
      },
      { parent: this },
    );
    const read = (arn: string) => ({ Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: [arn] });
    const policy = new aws.iam.RolePolicy(
      nameOf('aws:iam/policy', name),
      {
        role: role.name,
        policy: login.arn.apply((arn) => JSON.stringify({ Version: '2012-10-17', Statement: [read(arn)] })),
      },
      { parent: this },
    );
    return { role, policy };
  }

  private lead(name: string, { region, database }: DatabaseProxyArgs): aws.rds.ProxyTarget {
    const group = new aws.rds.ProxyDefaultTargetGroup(
      nameOf('aws:rds/proxy', name),
      {
        region,
        dbProxyName: this.proxy.name,
        connectionPoolConfig: { maxConnectionsPercent: MOST_CONNECTIONS_PERCENT, connectionBorrowTimeout: 30 },
      },
      { parent: this },
    );
    return new aws.rds.ProxyTarget(
      nameOf('aws:rds/proxy', name),
      { region, dbProxyName: this.proxy.name, targetGroupName: group.name, ...database.target },
      { parent: this },
    );
  }
}

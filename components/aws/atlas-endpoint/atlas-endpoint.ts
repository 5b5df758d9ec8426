import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { offerPrivateLink, type PrivateLink, type PrivateLinkOffer, takePrivateLink } from '../../atlas/private-link';
import { type Fault, must, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';

export interface AtlasEndpointArgs {
  /** AWS region of the network, e.g. `us-east-1`. The cluster must have nodes there. A change replaces the endpoint. */
  region: string;
  /** The Atlas project whose dedicated clusters become reachable. A change replaces the endpoint. */
  projectId: pulumi.Input<string>;
  /** Network of the clients. A change replaces the endpoint. */
  vpcId: pulumi.Input<string>;
  /** Subnets that get an address of the endpoint each; one per zone. */
  subnetIds: pulumi.Input<string>[];
  /** Security groups that may connect, by a name of the caller's own that stays the same. Nobody else can. */
  clientSecurityGroupIds: Record<string, pulumi.Input<string>>;
  /** IPv4 ranges of peered networks that may connect too: a group of another region cannot be named. Default: none. */
  clientCidrs?: string[];
  tags?: Record<string, string>;
}

/** Atlas gives each node of the cluster a port of its own in this range (Atlas: port ranges of private endpoints). */
const ports = { ipProtocol: 'tcp', fromPort: 1024, toPort: 65_535 };

/**
 * A private way from a network on AWS to the dedicated clusters of an Atlas project: Atlas's endpoint service, an
 * interface endpoint in the network, and the link between the two. Traffic never meets the internet, and Atlas can
 * open no connection back. A cluster over several regions needs one in each, and peering between the networks: nodes of
 * a region are behind that region's endpoint alone.
 *
 * Cost, us-east-1: 0.01 USD per hour and zone and 0.01 per GB. In two zones: 2 × 0.01 × 730 = 14.60 USD a month.
 *
 * ```ts
 * const endpoint = new AtlasEndpoint('pulse-prod-atlas-use1', {
 *   region: 'us-east-1', projectId: project.projectId, vpcId: network.vpcId, subnetIds: network.dataSubnetIds,
 *   clientSecurityGroupIds: { services: clients.id },
 * });
 * new AtlasCluster('pulse-prod-db', { ...sizes, endpoints: [endpoint.service] });
 * ```
 */
export class AtlasEndpoint extends pulumi.ComponentResource {
  /** The link. A cluster that depends on it has its private address when it is made. */
  readonly service: PrivateLink;
  readonly vpcEndpoint: aws.ec2.VpcEndpoint;
  /** Closed but for the clients. */
  readonly securityGroup: aws.ec2.SecurityGroup;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: AtlasEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('AtlasEndpoint', name, faultsOf(args));
    super('stackladder:aws:AtlasEndpoint', name, {}, opts);
    this.securityGroup = this.closedSecurityGroup(name, args);
    const atlas = { projectId: args.projectId, cloud: 'AWS' as const };
    const offer = offerPrivateLink(name, { ...atlas, region: args.region }, { parent: this });
    this.vpcEndpoint = this.interfaceEndpoint(name, args, offer);
    this.service = takePrivateLink(name, { ...atlas, offer, endpointId: this.vpcEndpoint.id }, { parent: this });
    this.registerOutputs({});
  }

  private closedSecurityGroup(name: string, args: AtlasEndpointArgs): aws.ec2.SecurityGroup {
    const { region, tags } = args;
    const group = new aws.ec2.SecurityGroup(
      nameOf('aws:ec2/securityGroup', name),
      { region, vpcId: args.vpcId, description: 'Private endpoint of MongoDB Atlas: its clients alone', tags },
      { parent: this },
    );
    const letIn = (client: string, source: Partial<aws.vpc.SecurityGroupIngressRuleArgs>) =>
      new aws.vpc.SecurityGroupIngressRule(
        nameOf('aws:ec2', name, 'from', client),
        { region, securityGroupId: group.id, ...ports, ...source, description: `From ${client}`, tags },
        { parent: this },
      );
    for (const [client, id] of Object.entries(args.clientSecurityGroupIds)) {
      letIn(client, { referencedSecurityGroupId: id });
    }
    for (const cidr of args.clientCidrs ?? []) letIn(cidr, { cidrIpv4: cidr });
    return group;
  }

  private interfaceEndpoint(name: string, args: AtlasEndpointArgs, offer: PrivateLinkOffer) {
    return new aws.ec2.VpcEndpoint(
      nameOf('aws:ec2', name),
      {
        region: args.region,
        vpcId: args.vpcId,
        vpcEndpointType: 'Interface',
        serviceName: offer.endpointServiceName,
        subnetIds: args.subnetIds,
        securityGroupIds: [this.securityGroup.id],
        tags: args.tags,
      },
      { parent: this },
    );
  }
}

function faultsOf(args: AtlasEndpointArgs): Fault[] {
  const cidrs = args.clientCidrs ?? [];
  const clients = Object.keys(args.clientSecurityGroupIds).length + cidrs.length;
  return [
    must(/^[a-z]{2}(-[a-z]+)+-\d+$/.test(args.region), 'region', `"${args.region}" is not a region of AWS`),
    must(args.subnetIds.length > 0, 'subnetIds', 'one subnet is needed at least'),
    must(clients > 0, 'clientSecurityGroupIds', 'an endpoint that nobody may reach is of no use'),
    ...cidrs.map((cidr, at) =>
      must(
        /^\d{1,3}(\.\d{1,3}){3}\/(8|9|[12]\d|3[0-2])$/.test(cidr),
        `clientCidrs[${at}]`,
        `"${cidr}" must be the range of a peered network, /8 or smaller`,
      ),
    ),
    ...noTwice('clientCidrs', cidrs),
  ];
}

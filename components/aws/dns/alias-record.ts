import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { isDomainOrWildcard } from '../../domain-name';

export interface AliasRecordArgs {
  /** The Route 53 zone. */
  zoneId: pulumi.Input<string>;
  /** The name that clients ask for, e.g. `api.pulse.example.com`. */
  domain: string;
  /** What answers: the DNS name of a load balancer or a distribution, and the zone of that name. */
  target: { dnsName: pulumi.Input<string>; zoneId: pulumi.Input<string> };
  /** AWS region of the target. Of several targets of one name, clients get the one with the least latency to them. */
  region: string;
  /** Whether a target with nothing healthy behind it is left out of answers. Must be false for CloudFront. */
  evaluateTargetHealth: boolean;
  /** Whether the target answers on IPv6 too: CloudFront does, a load balancer does not unless it is dual-stack. Default: false. */
  ipv6?: boolean;
}

/**
 * A name that leads to a load balancer or a distribution. It is a latency record even with one region: Route 53 lets
 * no plain record stand beside a latency record of the same name, so the second region would have to replace the
 * first one's record, with the name gone in between.
 *
 * Cost: nothing; queries of alias records to AWS targets are free.
 *
 * ```ts
 * new AliasRecord('pulse-prod-api-alias-use1', {
 *   zoneId: 'Z0123456789', domain: 'api.pulse.example.com', region: 'us-east-1', evaluateTargetHealth: true,
 *   target: { dnsName: balancer.dnsName, zoneId: balancer.zoneId },
 * });
 * ```
 */
export class AliasRecord extends pulumi.ComponentResource {
  /** One for IPv4, and one for IPv6 where asked for. */
  readonly records: aws.route53.Record[];

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: AliasRecordArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('AliasRecord', name, [
      must(isDomainOrWildcard(args.domain), 'domain', `"${args.domain}" is not a domain name in lower case`),
      must(/^[a-z]{2}(-[a-z]+)+-\d+$/.test(args.region), 'region', `"${args.region}" is not a region of AWS`),
    ]);
    super('stackladder:aws:AliasRecord', name, {}, opts);
    const types = args.ipv6 ? ['A', 'AAAA'] : ['A'];
    this.records = types.map((type) => this.record(name, type, args));
    this.registerOutputs({});
  }

  private record(name: string, type: string, args: AliasRecordArgs): aws.route53.Record {
    return new aws.route53.Record(
      nameOf('aws:route53', name, type.toLowerCase()),
      {
        zoneId: args.zoneId,
        name: args.domain,
        type,
        setIdentifier: args.region,
        latencyRoutingPolicies: [{ region: args.region }],
        aliases: [
          {
            name: args.target.dnsName,
            zoneId: args.target.zoneId,
            evaluateTargetHealth: args.evaluateTargetHealth,
          },
        ],
      },
      { parent: this },
    );
  }
}

import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';

export interface GlobalBalancerArgs {
  /** Host that clients use. */
  domain: string;
  /** Name of a certificate that is valid for the host. */
  certificateName: pulumi.Input<string>;
  /** Ids of the regional balancers behind it, two at least. Changed in place. */
  balancerIds: pulumi.Input<string>[];
  /** Answers 200 when a region can serve, e.g. `/health`. */
  healthPath: string;
  projectId: pulumi.Input<string>;
}

/**
 * One address for several regions: a global load balancer leads each client to the nearest region that is healthy, and
 * speaks HTTPS with the regions' own balancers. It does not say PROXY, and its edge is all that a region sees of a client.
 *
 * Cost: 15 USD a month with 25 million requests (DigitalOcean's price page), beside the regional balancers.
 */
export class GlobalBalancer extends pulumi.ComponentResource {
  readonly address: pulumi.Output<string>;
  readonly loadBalancer: digitalocean.LoadBalancer;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: GlobalBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('GlobalBalancer', name, [
      must(args.balancerIds.length > 1, 'balancerIds', 'one region needs no global balancer'),
      must(args.healthPath.startsWith('/'), 'healthPath', `"${args.healthPath}" must be a path such as /health`),
    ]);
    super('stackladder:digitalocean:GlobalBalancer', name, {}, opts);
    this.loadBalancer = new digitalocean.LoadBalancer(
      nameOf('digitalocean', name),
      {
        type: 'GLOBAL',
        projectId: args.projectId,
        // The record and the certificate are the stack's own, so DigitalOcean manages neither.
        domains: [{ name: args.domain, isManaged: false, certificateName: args.certificateName }],
        glbSettings: { targetProtocol: 'https', targetPort: 443, cdn: { isEnabled: false } },
        healthcheck: { protocol: 'https', port: 443, path: args.healthPath },
        targetLoadBalancerIds: args.balancerIds,
        redirectHttpToHttps: true,
      },
      { parent: this },
    );
    this.address = this.loadBalancer.ip;
    this.registerOutputs({ address: this.address });
  }
}

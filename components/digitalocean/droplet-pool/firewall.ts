import * as digitalocean from '@pulumi/digitalocean';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { PoolContext } from './arguments';

const everywhere = ['0.0.0.0/0', '::/0'];

/**
 * Who may talk to whom: the load balancer, where there is one, to the droplets on the service's port, and the droplets to
 * wherever their stores, image and secrets are. Nothing else comes in, SSH neither.
 */
export function createFirewall(
  context: PoolContext,
  tag: pulumi.Input<string>,
  entry?: { port: number; balancerId: pulumi.Input<string> },
): digitalocean.Firewall {
  const out = { destinationAddresses: everywhere };
  return new digitalocean.Firewall(
    nameOf('digitalocean', context.name),
    {
      tags: [tag],
      ...(entry && {
        inboundRules: [{ protocol: 'tcp', portRange: String(entry.port), sourceLoadBalancerUids: [entry.balancerId] }],
      }),
      outboundRules: [
        { protocol: 'tcp', portRange: '1-65535', ...out },
        { protocol: 'udp', portRange: '1-65535', ...out },
        { protocol: 'icmp', ...out },
      ],
    },
    { parent: context.parent },
  );
}

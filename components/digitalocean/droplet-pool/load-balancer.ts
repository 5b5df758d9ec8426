import * as digitalocean from '@pulumi/digitalocean';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { DropletPoolArgs, PoolContext } from './arguments';

/**
 * Speaks HTTPS with the world and HTTP with the droplets that wear the tag, on the private network. The PROXY protocol is
 * off: the client's address comes in a header. Records for Let's Encrypt are not its own to make; the stack's are there.
 */
export function createLoadBalancer(
  context: PoolContext,
  args: DropletPoolArgs,
  tag: pulumi.Input<string>,
): digitalocean.LoadBalancer {
  const { name, parent } = context;
  const { healthCheck } = args;
  return new digitalocean.LoadBalancer(
    nameOf('digitalocean', name),
    {
      region: args.region,
      type: 'REGIONAL',
      vpcUuid: args.vpcId,
      projectId: args.projectId,
      sizeUnit: args.balancerNodes,
      dropletTag: tag,
      forwardingRules: [
        {
          entryProtocol: 'https',
          entryPort: 443,
          targetProtocol: 'http',
          targetPort: args.port,
          certificateName: args.certificateName,
        },
      ],
      redirectHttpToHttps: true,
      healthcheck: {
        protocol: 'http',
        port: args.port,
        path: healthCheck.path,
        checkIntervalSeconds: healthCheck.intervalSeconds,
        responseTimeoutSeconds: healthCheck.timeoutSeconds,
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
      },
      ...(args.affinitySeconds !== undefined && { stickySessions: cookie(args.affinitySeconds) }),
      httpIdleTimeoutSeconds: args.idleTimeoutSeconds,
      enableBackendKeepalive: true,
      enableProxyProtocol: false,
      disableLetsEncryptDnsRecords: true,
      tlsCipherPolicy: 'STRONG',
    },
    { parent },
  );
}

function cookie(seconds: number): digitalocean.types.input.LoadBalancerStickySessions {
  return { type: 'cookies', cookieName: 'stackladder', cookieTtlSeconds: seconds };
}

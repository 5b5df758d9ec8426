import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { Network } from '../network/network';
import type { ServiceIdentity } from '../service-identity/service-identity';

/** Of the ranges that Google checks health from and that its balancers' requests come from (Cloud Load Balancing). */
const googleFrontEnds = ['130.211.0.0/22', '35.191.0.0/16'];

/** The one rule that lets anything in. There is no SSH: whoever must look inside adds a rule for it on purpose. */
export function letFrontEndsIn(
  name: string,
  { network, port }: { network: Network; port: number },
  identity: ServiceIdentity,
  parent: pulumi.Resource,
): gcp.compute.Firewall {
  return new gcp.compute.Firewall(
    nameOf('gcp:compute', name),
    {
      network: network.id,
      description: "Requests and health checks of Google's front ends, on the service's port alone",
      direction: 'INGRESS',
      sourceRanges: googleFrontEnds,
      targetServiceAccounts: [identity.email],
      allows: [{ protocol: 'tcp', ports: [String(port)] }],
    },
    { parent },
  );
}

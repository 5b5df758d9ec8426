import * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { labelsOf, selectorOf, type Identity } from '../labels';
import type { Authority } from '../surroundings';

/** A certificate authority of a store beside the cluster, as a Secret that pods get it from. */
export function keepAuthority(
  name: string,
  args: { identity: Identity; namespace: pulumi.Input<string>; pem: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): Authority {
  const key = 'ca.crt';
  const secret = new k8s.core.v1.Secret(
    nameOf('kubernetes', name),
    {
      metadata: { namespace: args.namespace, labels: labelsOf(args.identity) },
      type: 'Opaque',
      stringData: { [key]: args.pem },
    },
    opts,
  );
  return { secretName: secret.metadata.name, key };
}

/** Ports of one range of addresses, from the first to the last. */
export interface PortRange {
  from: number;
  to: number;
}

/** Lets the pods of a service reach a store that answers on more than the one port of its URL. */
export function letOut(
  name: string,
  args: { identity: Identity; namespace: pulumi.Input<string>; cidr: string; ports: PortRange[] },
  opts: pulumi.CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy {
  return new k8s.networking.v1.NetworkPolicy(
    nameOf('kubernetes', name),
    {
      metadata: { namespace: args.namespace, labels: labelsOf(args.identity) },
      spec: {
        podSelector: { matchLabels: selectorOf(args.identity) },
        policyTypes: ['Egress'],
        egress: [
          {
            to: [{ ipBlock: { cidr: args.cidr } }],
            ports: args.ports.map(({ from, to }) => ({
              protocol: 'TCP',
              port: from,
              ...(to > from && { endPort: to }),
            })),
          },
        ],
      },
    },
    opts,
  );
}

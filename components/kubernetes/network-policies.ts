import type * as k8s from '@pulumi/kubernetes';
import { namespaceLabel } from './labels';

type Ingress = k8s.types.input.networking.v1.NetworkPolicyIngressRule;
type Egress = k8s.types.input.networking.v1.NetworkPolicyEgressRule;

const tcp = (port: number) => ({ protocol: 'TCP', port });

/** From pods with these labels in the same namespace. */
export function fromPods(matchLabels: Record<string, string>, ...ports: number[]): Ingress {
  return fromAny([matchLabels], ...ports);
}

/** From pods of several kinds in the same namespace. */
export function fromAny(selectors: Record<string, string>[], ...ports: number[]): Ingress {
  return { from: selectors.map((matchLabels) => ({ podSelector: { matchLabels } })), ports: ports.map(tcp) };
}

/** From anywhere: the internet, through the cloud's balancer. */
export function fromAnywhere(...ports: number[]): Ingress {
  return { ports: ports.map(tcp) };
}

/** From pods of one application, by all the names that its installers give it, whichever namespace it was put in. */
export function fromApplication(names: string[], ...ports: number[]): Ingress {
  const from = names.map((name) => ({
    namespaceSelector: {},
    podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
  }));
  return { from, ports: ports.map(tcp) };
}

/** From Prometheus. The label is the one that its operator puts on every instance. */
export function fromPrometheus(port: number): Ingress {
  return fromApplication(['prometheus'], port);
}

export function toPods(matchLabels: Record<string, string>, ...ports: number[]): Egress {
  return { to: [{ podSelector: { matchLabels } }], ports: ports.map(tcp) };
}

/** To anywhere on these ports: stores of a cloud have addresses that only the cloud knows. */
export function toAnywhere(...ports: number[]): Egress {
  return { ports: [...new Set(ports)].sort((a, b) => a - b).map(tcp) };
}

export function toAddress({ cidr, port }: { cidr: string; port: number }): Egress {
  return { to: [{ ipBlock: { cidr } }], ports: [tcp(port)] };
}

/** To the cluster's DNS: its pods, or the resolver on the node (NodeLocal DNSCache, Cloud DNS), which is link-local. */
export const toDns: Egress = {
  to: [
    { namespaceSelector: { matchLabels: { [namespaceLabel]: 'kube-system' } } },
    { ipBlock: { cidr: '169.254.0.0/16' } },
  ],
  ports: [{ protocol: 'UDP', port: 53 }, tcp(53)],
};

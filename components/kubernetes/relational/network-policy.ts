import * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { API_PORTS } from '../api-access';
import { endpointPort } from '../backup';
import { metadataOf } from '../labels';
import { fromAny, fromApplication, fromPods, fromPrometheus, toAnywhere, toDns, toPods } from '../network-policies';
import { PORT, type PostgresDatabaseArgs } from './arguments';
import { memberLabels } from './cluster-spec';

/** Where the operator and the kubelet ask an instance how it is, and where Prometheus does. */
const STATUS = 8000;
const METRICS = 9187;

/** What the operator's pods are called, by its manifests and by its Helm chart. */
const operatorNames = ['cloudnative-pg'];

/** Clients and instances come in, the operator, and Prometheus where it watches. Instances reach each other, and the API: each tells how it is and asks what it should be. */
export function memberPolicy(
  name: string,
  args: PostgresDatabaseArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy {
  const { identity, clients, monitored, backup } = args;
  const own = memberLabels(identity.name);
  const out = [...API_PORTS, ...(backup ? [endpointPort(backup.endpoint)] : [])];
  return new k8s.networking.v1.NetworkPolicy(
    nameOf('kubernetes', name),
    {
      metadata: {
        ...metadataOf(args),
        // The pods that it selects are made by the operator, where kube-score cannot see them.
        annotations: { 'kube-score/ignore': 'networkpolicy-targets-pod' },
      },
      spec: {
        podSelector: { matchLabels: own },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          fromAny(clients, PORT),
          fromPods(own, PORT, STATUS),
          fromApplication(operatorNames, PORT, STATUS),
          ...(monitored ? [fromPrometheus(METRICS)] : []),
        ],
        egress: [toDns, toPods(own, PORT, STATUS), toAnywhere(...out)],
      },
    },
    opts,
  );
}

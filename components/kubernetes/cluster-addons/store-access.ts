import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { Plan } from '../../../plan/types';
import { nameOf } from '../../naming';
import { serviceAccountOf } from '../host';
import { type Identity, labelsOf, metadataOf } from '../labels';
import { parts } from '../metrics/names';
import type { Authority } from '../surroundings';
import { AUTHORITY_FILE, authorityFiles } from './authority-files';

/** A certificate authority of a store beside the cluster, as a Secret that pods get it from. */
export function keepAuthority(
  name: string,
  args: { identity: Identity; namespace: pulumi.Input<string>; pem: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): Authority {
  const secret = new k8s.core.v1.Secret(
    nameOf('kubernetes', name),
    {
      metadata: { namespace: args.namespace, labels: labelsOf(args.identity) },
      type: 'Opaque',
      stringData: pulumi.output(args.pem).apply(authorityFiles),
    },
    opts,
  );
  return { secretName: secret.metadata.name, key: AUTHORITY_FILE, hashed: true };
}

/** Stores give each of their nodes a port of its own in here: Atlas behind a private endpoint, Memorystore in cluster mode. */
const ports = { port: 1024, endPort: 65_535 };

/**
 * Lets pods that use stores out to the ranges where stores are, and nothing else is. The rules of a service itself name
 * the one port of a store's URL; these stores answer there, and then name others. Stores of every region: each node of a
 * database over several is behind the endpoint of its own, and the one that takes writes is in one of them.
 */
export function letOutToStores(
  name: string,
  plan: Plan,
  args: { namespace: pulumi.Input<string>; cidrs: string[] },
  opts: pulumi.CustomResourceOptions,
): k8s.networking.v1.NetworkPolicy {
  const identity = { name: nameOf('kubernetes', 'stores'), instance: plan.prefix, tags: plan.tags };
  return new k8s.networking.v1.NetworkPolicy(
    nameOf('kubernetes', name, 'stores'),
    {
      metadata: metadataOf({ identity, namespace: args.namespace }),
      spec: {
        podSelector: {
          matchLabels: { 'app.kubernetes.io/instance': plan.prefix },
          matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: clientsOf(plan) }],
        },
        policyTypes: ['Egress'],
        egress: [{ to: args.cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: [{ protocol: 'TCP', ...ports }] }],
      },
    },
    opts,
  );
}

/** Names of the pods that use stores: services and workers that say so, what watches their database, and the index job. */
function clientsOf({ services, workers, documentDatabase }: Plan): string[] {
  const users = [...services, ...workers].filter(({ connections }) =>
    Object.values(connections).some((variable) => variable !== undefined),
  );
  const accounts = users.map((service) => serviceAccountOf(service.name));
  const watching = accounts.map((account) => nameOf('kubernetes', account, 'mongodb'));
  // What measures asks stores too.
  const counting = workers.length > 0 ? [parts.queues, parts.cache] : [];
  const indexing = documentDatabase ? [nameOf('kubernetes', documentDatabase.name, 'indexes')] : [];
  return [...accounts, ...watching, ...counting, ...indexing];
}

import { z } from 'zod';
import * as form from './forms';
import { placesOf } from './keys-place';
import { note, refused } from './note';

const objectName = 'at most 253 small letters, digits, hyphens and dots';

const objectStore = z.strictObject({
  endpoint: note(form.httpsEndpoint, {
    says: 'Where its S3-compatible API answers.',
    allowed: 'https:// and a host name, with a port if need be, without a path',
    example: 'https://s3.example.com',
  }),
  region: note(form.regionName, {
    says: 'The region that requests are signed for.',
    allowed: "a region's name of the store",
    example: 'us-east-1',
  }),
  bucketPrefix: note(form.bucketPrefix, {
    says: 'Begins the names of the buckets, which must be there: `<prefix>-<store>`.',
    allowed: '3 to 40 small letters, digits and hyphens, beginning and ending with a letter or a digit',
    example: 'example-pulse',
  }),
});

/** What the user has on a Kubernetes cluster: a plain one, or one that is made on another cloud. */
export const kubernetes = note(
  z
    .strictObject({
      ...placesOf('a plain cluster'),
      context: note(form.contextName.optional(), {
        says: 'Context of the kubeconfig. Plain clusters only.',
        allowed: 'text of 1 to 253 characters without spaces',
        example: 'production',
        otherwise: "the kubeconfig's current one",
      }),
      certificateIssuer: note(form.objectName.optional(), {
        says: "cert-manager's ClusterIssuer that makes the edge's certificate. It, or `kubernetes.tlsSecretName`, is needed where the stack runs on a plain cluster.",
        allowed: objectName,
        example: 'letsencrypt',
      }),
      tlsSecretName: note(form.objectName.optional(), {
        says: "TLS secret in the stack's namespace, instead of one that cert-manager makes.",
        allowed: objectName,
        example: 'pulse-tls',
      }),
      storageClass: note(form.objectName.optional(), {
        says: 'StorageClass of the stores. Changing it does not move a volume that is there.',
        allowed: objectName,
        example: 'fast-ssd',
        otherwise: "the cluster's default",
      }),
      trustedProxies: note(form.networks('10.0.0.0/8').default([]), {
        says: "Networks of the balancer in front of the edge: only these are believed about the client's address.",
        allowed: 'a list of IPv4 networks, each once, none wider than /8',
      }),
      proxyProtocol: note(z.boolean().default(false), {
        says: 'Whether the balancer in front of the edge speaks the PROXY protocol.',
      }),
      monitoring: note(z.boolean().default(false), {
        says: "Whether the Prometheus operator's kinds (ServiceMonitor, PrometheusRule) are there. Without them there are no alerts.",
      }),
      externalMetrics: note(z.enum(['ours', 'present']).default('ours'), {
        says: 'Who serves the metrics that workers scale on: an adapter that is put there with the stack, or (`present`) one that is there already; a cluster has room for one. That one must serve `queue_depth`, `queue_wait_seconds`, `scaling_signal` and `worker_signal`.',
      }),
      adoptDatabase: refused(
        'Refused: a database cannot be adopted on a plain cluster.',
        "cannot be taken over on a plain cluster: there it is an operator's object with volumes of its own, which no provider imports",
      ),
      objectStore: note(objectStore.optional(), {
        says: "S3-compatible object store for a plain cluster, which has none of its own. The store's keys come with `secrets`.",
      }),
    })
    .prefault({}),
  {
    says: 'What you have on Kubernetes: a cluster of your own, or what is said of the clusters that `compute: kubernetes` makes on other clouds.',
  },
);

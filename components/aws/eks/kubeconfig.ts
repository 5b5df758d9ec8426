export interface ClusterAddress {
  name: string;
  endpoint: string;
  /** The cluster's certificate authority, as base64. */
  certificateAuthority: string;
  region: string;
  /** Profile of the AWS command line, where the stack's provider has one. Default: the environment's. */
  profile?: string;
}

/**
 * A kubeconfig without a secret in it: whoever uses it shows AWS who they are, by the `aws` command line, and gets a token
 * for a quarter of an hour. It works as well on a laptop as in CI, with whatever credentials `up` itself has from the
 * environment, or from a profile.
 */
export function kubeconfig({ name, endpoint, certificateAuthority, region, profile }: ClusterAddress): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: endpoint, 'certificate-authority-data': certificateAuthority } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1',
            command: 'aws',
            ...(profile !== undefined && { env: [{ name: 'AWS_PROFILE', value: profile }] }),
            args: ['--region', region, 'eks', 'get-token', '--cluster-name', name, '--output', 'json'],
            interactiveMode: 'Never',
          },
        },
      },
    ],
  });
}

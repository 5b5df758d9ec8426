export interface ClusterAddress {
  /** The cluster's id. */
  id: string;
  /** Address of the control plane, with its scheme. */
  endpoint: string;
  /** The cluster's certificate authority, as base64. */
  certificateAuthority: string;
}

/**
 * A kubeconfig without a secret in it: whoever uses it shows DigitalOcean who they are, by the `doctl` command line, and
 * gets a token of their own. The kubeconfig that DigitalOcean gives holds a token that ends after seven days, and a
 * stack that has it in its state can then neither be updated nor refreshed nor taken down.
 */
export function kubeconfig({ id, endpoint, certificateAuthority }: ClusterAddress): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: id, cluster: { server: endpoint, 'certificate-authority-data': certificateAuthority } }],
    contexts: [{ name: id, context: { cluster: id, user: id } }],
    'current-context': id,
    users: [
      {
        name: id,
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1beta1',
            command: 'doctl',
            args: ['kubernetes', 'cluster', 'kubeconfig', 'exec-credential', '--version=v1beta1', id],
            installHint: 'https://docs.digitalocean.com/reference/doctl/how-to/install/',
          },
        },
      },
    ],
  });
}

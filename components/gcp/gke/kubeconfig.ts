export interface ClusterAddress {
  name: string;
  /** Address of the control plane, without a scheme. */
  endpoint: string;
  /** The cluster's certificate authority, as base64. */
  certificateAuthority: string;
}

/**
 * A kubeconfig without a secret in it: whoever uses it shows Google who they are, by the plug-in that comes with the
 * `gcloud` command line, with whatever credentials `up` itself has.
 */
export function kubeconfig({ name, endpoint, certificateAuthority }: ClusterAddress): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name, cluster: { server: `https://${endpoint}`, 'certificate-authority-data': certificateAuthority } },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1beta1',
            command: 'gke-gcloud-auth-plugin',
            installHint: 'gcloud components install gke-gcloud-auth-plugin',
            provideClusterInfo: true,
          },
        },
      },
    ],
  });
}

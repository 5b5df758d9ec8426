import * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { charts } from './charts';
import { addOn, resources } from './release';

/** Where cert-manager is, and the account that its solvers use: what a cloud binds a role to. */
export const certManagerAccount = { namespace: 'cert-manager', serviceAccount: 'cert-manager' };

/** How the certificate authority is shown that a domain is ours, as cert-manager writes a DNS-01 solver. */
export type DnsSolver =
  | { route53: { region: string; hostedZoneID: string } }
  | { cloudDNS: { project: pulumi.Input<string>; hostedZoneName: string } }
  | { digitalocean: { tokenSecretRef: { name: string; key: string } } };

export interface Issuer {
  /** Told when a certificate was not renewed. */
  email: string;
  solver: DnsSolver;
}

/** The name of the ClusterIssuer that is made where the user names none. */
export const ISSUER = 'letsencrypt';

/** cert-manager, with its kinds: three pods of 50m and 128Mi at the most. */
export function createCertManager(name: string, opts: pulumi.CustomResourceOptions): k8s.helm.v3.Release {
  const small = resources('50m', '64Mi');
  return addOn(
    name,
    {
      chart: charts.certManager,
      namespace: certManagerAccount.namespace,
      createNamespace: true,
      values: {
        // The kinds stay when the release goes: deleted, they would take every certificate of the cluster with them.
        crds: { enabled: true, keep: true },
        serviceAccount: { name: certManagerAccount.serviceAccount },
        resources: resources('50m', '128Mi'),
        webhook: { resources: small },
        cainjector: { resources: resources('50m', '128Mi') },
        startupapicheck: { resources: small },
      },
    },
    opts,
  );
}

/**
 * Certificates of Let's Encrypt, proven by a record in the domain's zone: that needs no way in from the internet, and
 * works before the first client does.
 */
export function createIssuer(
  name: string,
  { email, solver }: Issuer,
  certManager: k8s.helm.v3.Release,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(
    nameOf('kubernetes', name, ISSUER),
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: ISSUER },
      spec: {
        acme: {
          server: 'https://acme-v02.api.letsencrypt.org/directory',
          email,
          // Made by cert-manager: the account's key never passes through here.
          privateKeySecretRef: { name: `${ISSUER}-account` },
          solvers: [{ dns01: solver }],
        },
      },
    },
    { ...opts, dependsOn: [certManager] },
  );
}

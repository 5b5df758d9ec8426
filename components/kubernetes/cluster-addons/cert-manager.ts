import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { Plan } from '../../../plan/types';
import { nameOf } from '../../naming';
import { charts } from './charts';
import { addOn, resources } from './release';

/** Where cert-manager is, and the account that its solvers use: what a cloud binds a role to. */
export const certManagerAccount = { namespace: 'cert-manager', serviceAccount: 'cert-manager' };

/** How the certificate authority is shown that a domain is ours, as cert-manager writes a DNS-01 solver. */
export type DnsSolver =
  | { route53: { region: string; hostedZoneID: string } }
  | { cloudDNS: { project: pulumi.Input<string>; hostedZoneName: string } }
  | { digitalocean: { token: pulumi.Input<string> } };

export interface Issuer {
  /** Its name on the cluster. */
  name: string;
  /** Told when a certificate was not renewed. */
  email: string;
  solver: DnsSolver;
}

/** The name of the ClusterIssuer where the user gives none. */
const ISSUER = 'letsencrypt';

/**
 * The issuer that a managed cluster gets. It is new, so nobody has put one on it: the name that configuration gives is the
 * name of ours, and a stack that moves from a plain cluster needs no other. Undefined where the user gives a
 * certificate, and where there is nothing to prove the domain with.
 */
export function plannedIssuer({ accounts, alertEmails }: Plan, solver: DnsSolver | undefined): Issuer | undefined {
  const { certificateIssuer, tlsSecretName } = accounts.kubernetes;
  if (tlsSecretName !== undefined || !solver) return undefined;
  return { name: certificateIssuer ?? ISSUER, email: alertEmails[0] ?? '', solver };
}

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
  { name: issuerName, email, solver }: Issuer,
  certManager: k8s.helm.v3.Release,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  const dns01 = 'digitalocean' in solver ? withToken(name, solver.digitalocean.token, certManager, opts) : solver;
  return new k8s.apiextensions.CustomResource(
    nameOf('kubernetes', name, 'issuer'),
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: issuerName },
      spec: {
        acme: {
          server: 'https://acme-v02.api.letsencrypt.org/directory',
          email,
          // Made by cert-manager: the account's key never passes through here.
          privateKeySecretRef: { name: `${issuerName}-account` },
          solvers: [{ dns01 }],
        },
      },
    },
    { ...opts, dependsOn: [certManager] },
  );
}

/** The solver with its token in a Secret beside cert-manager: DigitalOcean has no identity for pods. */
function withToken(
  name: string,
  token: pulumi.Input<string>,
  certManager: k8s.helm.v3.Release,
  opts: pulumi.CustomResourceOptions,
) {
  const key = 'access-token';
  const secret = new k8s.core.v1.Secret(
    nameOf('kubernetes', name, 'dns-token'),
    {
      metadata: { namespace: certManagerAccount.namespace },
      type: 'Opaque',
      stringData: { [key]: pulumi.secret(token) },
    },
    { ...opts, dependsOn: [certManager] },
  );
  return { digitalocean: { tokenSecretRef: { name: secret.metadata.name, key } } };
}

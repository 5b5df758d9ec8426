import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { type Identity, metadataOf } from '../labels';

const group = 'cert-manager.io';

/**
 * A certificate that is its own authority, made and renewed by cert-manager: the API server alone has to believe it, and
 * gets it put in by name. Nothing of it passes through here.
 */
export function serveCertificate(
  name: string,
  { identity, namespace }: { identity: Identity; namespace: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): { name: string; secretName: string } {
  const metadata = metadataOf({ identity, namespace });
  const secretName = nameOf('kubernetes', identity.name, 'tls');
  const issuer = new k8s.apiextensions.CustomResource(
    nameOf('kubernetes', name, 'issuer'),
    { apiVersion: `${group}/v1`, kind: 'Issuer', metadata, spec: { selfSigned: {} } },
    opts,
  );
  new k8s.apiextensions.CustomResource(
    nameOf('kubernetes', name, 'certificate'),
    {
      apiVersion: `${group}/v1`,
      kind: 'Certificate',
      metadata,
      spec: {
        secretName,
        commonName: identity.name,
        dnsNames: [
          pulumi.interpolate`${identity.name}.${namespace}.svc`,
          pulumi.interpolate`${identity.name}.${namespace}.svc.cluster.local`,
        ],
        issuerRef: { group, kind: 'Issuer', name: identity.name },
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
        usages: ['digital signature', 'server auth'],
      },
    },
    { ...opts, dependsOn: issuer },
  );
  return { name: identity.name, secretName };
}

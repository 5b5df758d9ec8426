import type { CloudName } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { pathText, valueAt, type Path } from '../path';
import { placeOf } from './place';

/** What an issuer of a cluster's own proves the domain with: its zone, or a token for it. A plain cluster has none. */
const zones: Record<CloudName, Path | undefined> = {
  aws: ['aws', 'hostedZoneId'],
  gcp: ['gcp', 'dnsZone'],
  digitalocean: ['dnsToken'],
  kubernetes: undefined,
};

const issuer = ['kubernetes', 'certificateIssuer'];
const secret = ['kubernetes', 'tlsSecretName'];

/** On a cluster somebody makes the edge's certificate: an issuer, or whoever made the secret. */
export function checkEdgeCertificate(draft: Draft): void {
  const section = draft.get('kubernetes');
  const cloud = placeOf(draft)?.cloud;
  if (!section || !cloud || draft.isFaulty(...issuer) || draft.isFaulty(...secret)) return;
  if (section.certificateIssuer && section.tlsSecretName) {
    const mend = 'take one of the two out: cert-manager would write over the secret, or never be asked';
    draft.find({ path: secret, problem: 'is given beside certificateIssuer', allowed: 'one of the two', mend });
  }
  // Where Cloudflare has the domain, the cloud's own zone proves nothing.
  const zone = draft.get('cloudflare') ? undefined : zones[cloud];
  const proven = zone && (valueAt(draft.given, zone) !== undefined || draft.isFaulty(...zone));
  if (section.certificateIssuer || section.tlsSecretName || proven) return;
  const neither = zone ? `, nor ${pathText(zone)} to prove the domain with` : '';
  draft.find({ path: issuer, problem: `is missing, and there is no tlsSecretName either${neither}` });
}

/** The PROXY protocol is believed only of somebody, or all clients would be one to the rate limit: the balancer. */
export function checkProxies(draft: Draft): void {
  const section = draft.get('kubernetes');
  const path = ['kubernetes', 'trustedProxies'];
  if (!section?.proxyProtocol || section.trustedProxies.length > 0 || draft.isFaulty(...path)) return;
  draft.find({ path, problem: 'is empty, and with proxyProtocol the balancer must be believed' });
}

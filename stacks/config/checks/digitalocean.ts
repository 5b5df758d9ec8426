import type { Draft } from '../draft';
import { checkHolds } from './holds';

/** A domain to validate certificates in, or a certificate. Where Cloudflare has the domain there is only the second. */
export function checkCertificateSource(draft: Draft): void {
  const section = draft.get('digitalocean');
  if (!section || section.dnsDomain || section.certificateName) return;
  const [domain, certificate] = [
    ['digitalocean', 'dnsDomain'],
    ['digitalocean', 'certificateName'],
  ] as const;
  if (draft.isFaulty(...domain) || draft.isFaulty(...certificate)) return;
  if (draft.get('cloudflare')) {
    const problem = "is missing, and cloudflare has the domain that Let's Encrypt would ask";
    draft.find({ path: certificate, problem });
    return;
  }
  draft.find({ path: domain, problem: 'is missing, and there is no certificateName either' });
}

/** The domain that gets the records is one that the host names lie in. */
export function checkDnsDomain(draft: Draft): void {
  const dnsDomain = draft.get('digitalocean')?.dnsDomain;
  if (dnsDomain) checkHolds(draft, ['digitalocean', 'dnsDomain'], dnsDomain, 'a domain');
}

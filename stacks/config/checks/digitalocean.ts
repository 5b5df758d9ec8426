import type { Draft } from '../draft';

/** A domain to validate certificates in, or a certificate. */
export function checkCertificateSource(draft: Draft): void {
  const section = draft.get('digitalocean');
  if (!section || section.dnsDomain || section.certificateName) return;
  const path = ['digitalocean', 'dnsDomain'];
  if (draft.isFaulty(...path) || draft.isFaulty('digitalocean', 'certificateName')) return;
  draft.find({ path, problem: 'is missing, and there is no certificateName either' });
}

/** The domain that gets the records is one that the host names lie in. */
export function checkDnsDomain(draft: Draft): void {
  const dnsDomain = draft.get('digitalocean')?.dnsDomain;
  if (!dnsDomain) return;
  const path = ['digitalocean', 'dnsDomain'];
  for (const key of ['domain', 'contentDomain'] as const) {
    const host = draft.get(key);
    if (!host || host === dnsDomain || host.endsWith(`.${dnsDomain}`) || draft.isFaulty(...path)) continue;
    const sealed = draft.secretKeys.has(key) || draft.secretKeys.has('digitalocean');
    const problem = `does not hold ${key}${sealed ? '' : `, which is ${host}`}`;
    draft.find({ path, problem, allowed: `a domain that ${key} lies in`, mend: `give a domain that ${key} lies in` });
  }
}

import type { Draft } from '../draft';

/** On a plain cluster somebody makes the edge's certificate: an issuer, or whoever made the secret. */
export function checkIngressCertificate(draft: Draft): void {
  const section = draft.get('kubernetes');
  if (!section) return;
  const [issuer, secret] = [
    ['kubernetes', 'certificateIssuer'],
    ['kubernetes', 'tlsSecretName'],
  ] as const;
  if (draft.isFaulty(...issuer) || draft.isFaulty(...secret)) return;
  if (!section.certificateIssuer && !section.tlsSecretName) {
    draft.find({ path: issuer, problem: 'is missing, and there is no tlsSecretName either' });
  } else if (section.certificateIssuer && section.tlsSecretName) {
    const mend = 'take one of the two out: cert-manager would write over the secret, or never be asked';
    draft.find({ path: secret, problem: 'is given beside certificateIssuer', allowed: 'one of the two', mend });
  }
}

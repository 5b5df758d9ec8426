import type { Draft } from '../draft';
import { placeOf, servingRegions } from './place';

/** CloudFront takes certificates of this region alone. */
const CONTENT_DELIVERY_REGION = 'us-east-1';

/** The content's host name is one of its own: the same name cannot lead to two places. */
export function checkDomains(draft: Draft): void {
  const [domain, content] = [draft.get('domain'), draft.get('contentDomain')];
  if (domain === undefined || domain !== content) return;
  const mend = 'pulumi config rm contentDomain, which makes it `static.` before `domain`';
  draft.find({ path: ['contentDomain'], problem: 'is the same as domain', mend });
}

/** Either a DNS zone to validate certificates in, or a certificate for every region that needs one. */
export function checkCertificates(draft: Draft): void {
  const certificates = draft.get('certificates');
  if (!certificates || placeOf(draft)?.cloud !== 'aws') return;
  for (const [region, arn] of Object.entries(certificates)) {
    const own = arn.split(':')[3];
    if (own === region || draft.isFaulty('certificates', region)) continue;
    const problem = 'is a certificate of another region than the one it is named for';
    const mend = 'give an ARN of this region: a load balancer takes certificates of its own region alone';
    draft.find({ path: ['certificates', region], problem, mend });
  }
  if (draft.get('hostedZoneId') || draft.isFaulty('hostedZoneId')) return;
  const serving = servingRegions(draft);
  if (!serving) return;
  if (Object.keys(certificates).length === 0) {
    if (draft.isFaulty('certificates')) return;
    draft.find({ path: ['hostedZoneId'], problem: 'is missing, and there are no certificates either' });
    return;
  }
  const needed = new Set([...serving, ...(draft.system?.contentDelivery ? [CONTENT_DELIVERY_REGION] : [])]);
  for (const region of needed) {
    if (certificates[region] !== undefined || draft.isFaulty('certificates', region)) continue;
    const problem = 'is missing, and there is no hostedZoneId to validate a new certificate in';
    draft.find({ path: ['certificates', region], problem });
  }
}

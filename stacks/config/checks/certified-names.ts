import type { Draft } from '../draft';
import { setCommand } from '../path';
import { deliversContent } from './edge';
import { servingRegions } from './regions';

/** ACM makes certificates whose first name has at most this many characters; one that is imported may be for a longer one. */
const LONGEST = 64;

/** The name of a balancer's certificate, in every region that serves. In front of pods another authority makes it. */
export function checkEntryName(draft: Draft): void {
  checkName(draft, 'domain', draft.get('domain'), servingRegions(draft) ?? []);
}

/** The name of the content's certificate, which CloudFront takes from one region alone. */
export function checkContentName(draft: Draft): void {
  const [domain, content] = [draft.get('domain'), draft.get('contentDomain')];
  if (!deliversContent(draft)) return;
  if (content !== undefined) return checkName(draft, 'contentDomain', content, ['us-east-1']);
  // What is only the longer for `domain` is mended with it.
  if (domain === undefined || draft.isFaulty('domain')) return;
  const derived = 'is `static.` before `domain` where nothing else is said, which ';
  checkName(draft, 'contentDomain', `static.${domain}`, ['us-east-1'], derived);
}

function checkName(
  draft: Draft,
  key: 'domain' | 'contentDomain',
  name: string | undefined,
  regions: string[],
  derived = '',
): void {
  const section = draft.get('aws');
  if (!section?.hostedZoneId || name === undefined || name.length <= LONGEST || draft.isFaulty(key)) return;
  const region = regions.find((one) => !section.certificates[one] && !draft.isFaulty('aws', 'certificates', one));
  if (region === undefined) return;
  draft.find({
    path: [key],
    problem: `${derived}has ${name.length} characters, and AWS makes no certificate for more than ${LONGEST}`,
    mend: `give a certificate of your own: ${setCommand(['aws', 'certificates', region], '<arn>')}`,
  });
}

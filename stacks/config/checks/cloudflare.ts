import type { CloudName } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { removeCommand, valueAt, type Path } from '../path';
import { deliversContent } from './edge';
import { checkHolds } from './holds';
import { placeOf } from './place';

/** The key of a cloud's own zone, and where certificates come from when there is none. */
const ownZones: Partial<Record<CloudName, { zone: Path; certificates: string }>> = {
  aws: { zone: ['aws', 'hostedZoneId'], certificates: 'aws.certificates' },
  gcp: { zone: ['gcp', 'dnsZone'], certificates: 'gcp.certificateMap' },
  digitalocean: { zone: ['digitalocean', 'dnsDomain'], certificates: 'digitalocean.certificateName' },
};

/** Cloudflare has the stack's names, and nobody else has them too. */
export function checkCloudflare(draft: Draft): void {
  const section = draft.get('cloudflare');
  if (draft.given.cloudflare === undefined) return;
  if (section) checkHolds(draft, ['cloudflare', 'zoneName'], section.zoneName, 'a zone');
  const cloud = placeOf(draft)?.cloud;
  const own = cloud && ownZones[cloud];
  if (!own || valueAt(draft.given, own.zone) === undefined || draft.isFaulty(...own.zone)) return;
  draft.find({
    path: own.zone,
    problem: 'is given beside cloudflare, which has the records of the same names',
    allowed: 'one of the two',
    mend: `${removeCommand(own.zone)}, and give ${own.certificates}, for nothing validates certificates in it then; or pulumi config rm cloudflare`,
  });
}

/** The same where services are pods, whose edge has a certificate of its own: of the content alone. */
export function checkContentCertificateMap(draft: Draft): void {
  if (deliversContent(draft)) checkCertificateMap(draft);
}

/** On Google Cloud: a certificate that Google proves by its balancer is never issued behind Cloudflare, which answers instead. */
export function checkCertificateMap(draft: Draft): void {
  const section = draft.get('gcp');
  const path = ['gcp', 'certificateMap'];
  if (!draft.get('cloudflare') || !section || section.certificateMap || section.dnsZone || draft.isFaulty(...path))
    return;
  const problem = 'is missing, and behind cloudflare Google cannot prove the domain to make one';
  draft.find({ path, problem });
}

import type { CloudName } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { checkCertificates, checkNetwork } from './aws';
import { checkCertificateSource, checkDnsDomain } from './digitalocean';
import { checkIngressCertificate } from './kubernetes';
import { placeOf, standingClouds } from './place';

/** What is required on a cloud, and what must go together there: asked for where the stack runs, and nowhere else. */
const required: Record<CloudName, readonly ((draft: Draft) => void)[]> = {
  aws: [checkCertificates, checkNetwork],
  gcp: [],
  digitalocean: [checkCertificateSource, checkDnsDomain],
  kubernetes: [checkIngressCertificate],
};

/** What stores need to stand on a cloud: asked for where the stack runs and where it keeps stores. */
const requiredOfStores: Record<CloudName, readonly ((draft: Draft) => void)[]> = {
  aws: [],
  gcp: [checkProject],
  digitalocean: [],
  kubernetes: [],
};

export function checkByCloud(draft: Draft): void {
  const place = placeOf(draft);
  if (!place) return;
  for (const check of required[place.cloud]) check(draft);
  for (const cloud of standingClouds(draft)) for (const check of requiredOfStores[cloud]) check(draft);
}

/** Everything on Google Cloud is in a project. */
function checkProject(draft: Draft): void {
  const path = ['gcp', 'projectId'];
  if (draft.get('gcp')?.projectId || draft.isFaulty(...path)) return;
  draft.find({ path, problem: 'is missing: everything on Google Cloud is in a project' });
}

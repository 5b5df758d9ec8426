import type { CloudName, Compute } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { checkCertificates, checkNetwork } from './aws';
import { checkContentName, checkEntryName } from './certified-names';
import { checkCertificateMap, checkContentCertificateMap } from './cloudflare';
import { checkCertificateSource, checkDnsDomain } from './digitalocean';
import { checkEdgeCertificate, checkProxies } from './kubernetes';
import { checkStandby } from './standby';
import { computeOf, placeOf, standingClouds } from './place';

type Checks = readonly ((draft: Draft) => void)[];

/** What is required on a cloud, and what must go together there: asked for where the stack runs, and nowhere else. */
const required: Record<CloudName, Record<Compute, Checks>> = {
  aws: {
    instances: [checkCertificates, checkEntryName, checkContentName, checkNetwork],
    kubernetes: [checkCertificates, checkContentName, checkEdgeCertificate, checkNetwork],
  },
  gcp: { instances: [checkCertificateMap], kubernetes: [checkContentCertificateMap, checkEdgeCertificate] },
  digitalocean: {
    instances: [checkCertificateSource, checkDnsDomain, checkStandby],
    kubernetes: [checkCertificateSource, checkDnsDomain, checkEdgeCertificate, checkStandby],
  },
  kubernetes: { instances: [], kubernetes: [checkEdgeCertificate, checkProxies] },
};

/** What stores need to stand on a cloud: asked for where the stack runs and where it keeps stores. */
const requiredOfStores: Record<CloudName, Checks> = {
  aws: [],
  gcp: [checkProject],
  digitalocean: [],
  kubernetes: [],
};

export function checkByCloud(draft: Draft): void {
  const place = placeOf(draft);
  const compute = computeOf(draft);
  if (place && compute) for (const check of required[place.cloud][compute]) check(draft);
  for (const cloud of standingClouds(draft)) for (const check of requiredOfStores[cloud]) check(draft);
}

/** Everything on Google Cloud is in a project. */
function checkProject(draft: Draft): void {
  const path = ['gcp', 'projectId'];
  if (draft.get('gcp')?.projectId || draft.isFaulty(...path)) return;
  draft.find({ path, problem: 'is missing: everything on Google Cloud is in a project' });
}

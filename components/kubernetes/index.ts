import type { Cloud } from '../platform';
import { nextBests } from './next-bests';
import { KubernetesPlatform } from './platform';

/** Any Kubernetes cluster that is there already: pods behind nginx, a Valkey cache, and MongoDB by Percona's operator. */
export const kubernetes: Cloud = {
  open: (plan, secrets) => new KubernetesPlatform(plan, secrets),
  nextBests,
};

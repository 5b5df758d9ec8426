import type { Cloud } from '../platform';
import { nextBests } from './next-bests';
import { KubernetesPlatform } from './platform';

/**
 * Any Kubernetes cluster that is there already: pods behind nginx, Valkey for cache and jobs, MongoDB by Percona's operator
 * and PostgreSQL by CloudNativePG.
 */
export const kubernetes: Cloud = {
  open: (plan, secrets) => new KubernetesPlatform(plan, secrets),
  nextBests,
};

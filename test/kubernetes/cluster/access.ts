import { clusterOf, type Access } from '../../../sandbox/kubernetes/config';

/** How to reach the cluster of a kubeconfig. */
export function accessIn(kubeconfig: string): Access {
  const { access } = clusterOf({ values: { kubeconfig } });
  if (!access) throw new Error(`${kubeconfig} names no API server on this machine`);
  return access;
}

import { CloudError } from '../../model/errors';

/** Kubernetes minor versions that EKS makes clusters of, as of November 2026. */
export const known = ['1.33', '1.34', '1.35', '1.36'];

const minorOf = (version: string): number => Number(version.split('.')[1]);

/** EKS takes a control plane one minor version up at a time, and never down. */
export function refuseLeap(from: string, to: string): void {
  const step = minorOf(to) - minorOf(from);
  if (step === 0 || step === 1) return;
  const sentence = `Unsupported Kubernetes minor version update from ${from} to ${to}`;
  throw new CloudError('InvalidParameterException', sentence);
}

/** Nodes are never newer than their control plane. */
export function refuseNewer(nodes: string, controlPlane: string): void {
  if (minorOf(nodes) <= minorOf(controlPlane)) return;
  const sentence = `Nodegroup Kubernetes version ${nodes} is newer than the cluster's, ${controlPlane}`;
  throw new CloudError('InvalidParameterException', sentence);
}

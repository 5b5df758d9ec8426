import type * as k8s from '@pulumi/kubernetes';

/**
 * The user that every container of ours runs as: above 10,000, where no node has a user of its own. Images need no such
 * user: what they write goes to volumes.
 */
export const USER = 10_001;

/** The `restricted` pod security standard, and that files of volumes belong to the container's group. */
export const podSecurity: k8s.types.input.core.v1.PodSecurityContext = {
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
  fsGroup: USER,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
};

export const containerSecurity: k8s.types.input.core.v1.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
  seccompProfile: { type: 'RuntimeDefault' },
};

import { flag } from '../model/reading';
import type { Bag } from '../model/values';
import type { Kind } from './kind';

/**
 * What the provider replaces, by group and kind, as its own table (provider/pkg/provider/diff.go) has it: fields that
 * the API server would not change in place. A StatefulSet is replaced, too, when one of these changes: with its claims
 * kept, but with other pods' names or volumes where the change is about them.
 */
const byKind: Record<string, readonly string[]> = {
  'apps/DaemonSet': ['spec.selector'],
  'apps/Deployment': ['spec.selector'],
  'apps/StatefulSet': [
    'spec.podManagementPolicy',
    'spec.revisionHistoryLimit',
    'spec.selector',
    'spec.serviceName',
    'spec.volumeClaimTemplates',
  ],
  'batch/Job': ['spec.completions', 'spec.parallelism', 'spec.selector', 'spec.template'],
  '/PersistentVolumeClaim': ['spec.accessModes', 'spec.selector', 'spec.storageClassName', 'spec.volumeName'],
  '/ResourceQuota': ['spec.scopes'],
  '/Secret': ['type'],
  '/Service': ['spec.clusterIP'],
  'rbac.authorization.k8s.io/ClusterRoleBinding': ['roleRef'],
  'rbac.authorization.k8s.io/RoleBinding': ['roleRef'],
  'storage.k8s.io/StorageClass': ['parameters', 'provisioner'],
};

const persistentVolumeSources = [
  'awsElasticBlockStore',
  'azureDisk',
  'csi',
  'gcePersistentDisk',
  'hostPath',
  'local',
  'nfs',
];

/** A pod that exists changes its images, tolerations and little else; the provider replaces it for all of these. */
const podFields = [
  'affinity',
  'automountServiceAccountToken',
  'dnsConfig',
  'dnsPolicy',
  'enableServiceLinks',
  'hostAliases',
  'hostIPC',
  'hostNetwork',
  'hostPID',
  'hostname',
  'imagePullSecrets',
  'nodeName',
  'nodeSelector',
  'preemptionPolicy',
  'priorityClassName',
  'readinessGates',
  'restartPolicy',
  'runtimeClassName',
  'schedulerName',
  'securityContext',
  'serviceAccount',
  'serviceAccountName',
  'shareProcessNamespace',
  'subdomain',
  'terminationGracePeriodSeconds',
  'volumes',
];
const containerFields = [
  'args',
  'command',
  'env',
  'image',
  'imagePullPolicy',
  'lifecycle',
  'livenessProbe',
  'ports',
  'readinessProbe',
  'resources',
  'securityContext',
  'stdin',
  'stdinOnce',
  'terminationMessagePath',
  'terminationMessagePolicy',
  'tty',
  'volumeDevices',
  'volumeMounts',
  'workingDir',
];
const computed: Record<string, readonly string[]> = {
  '/PersistentVolume': persistentVolumeSources.map((source) => `spec.${source}`),
  '/Pod': [
    ...podFields.map((field) => `spec.${field}`),
    ...['containers', 'initContainers'].flatMap((list) => containerFields.map((field) => `spec.${list}.*.${field}`)),
  ],
};

/** Provider options under which the contents of Secrets and ConfigMaps change in place. */
export interface Mutable {
  secrets: boolean;
  configMaps: boolean;
}

const contents: Record<string, { option: keyof Mutable; paths: readonly string[] }> = {
  '/Secret': { option: 'secrets', paths: ['stringData', 'data'] },
  '/ConfigMap': { option: 'configMaps', paths: ['binaryData', 'data'] },
};

/** Paths whose change needs a new object. */
export function replacing(kind: Kind, news: Bag, mutable: Mutable): string[] {
  const identity = ['metadata.name', 'metadata.namespace'];
  if (kind.patch) return identity;
  const name = `${kind.group}/${kind.kind}`;
  const content = contents[name];
  const fixed = content && (!mutable[content.option] || flag(news, 'immutable') === true) ? content.paths : [];
  return [...identity, ...(byKind[name] ?? []), ...(computed[name] ?? []), ...fixed];
}

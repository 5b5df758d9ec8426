/** A kind of object, as a resource's token names it. */
export interface Kind {
  token: string;
  /** Empty for the core group, e.g. `apps`. */
  group: string;
  version: string;
  /** As a manifest has it, e.g. `apps/v1`, or `v1` for the core group. */
  apiVersion: string;
  kind: string;
  /** A Patch resource: some fields of an object that somebody else made. */
  patch: boolean;
}

/** The token of a chart that Helm installs: no object of the cluster. */
export const RELEASE = 'kubernetes:helm.sh/v3:Release';

/**
 * Any kind has a token by rule: `kubernetes:apps/v1:Deployment`, `kubernetes:core/v1:Secret`, and for custom resources
 * `kubernetes:cert-manager.io/v1:Certificate`. The SDK's Patch resources end in `Patch`.
 *
 * @throws Error for a token of another form, and for lists, which the provider refuses too
 */
export function kindOf(token: string): Kind {
  const [, group, version, name] = /^kubernetes:([a-z0-9.-]+)\/(v[a-z0-9]+):([A-Z]\w*)$/.exec(token) ?? [];
  if (group === undefined || version === undefined || name === undefined) {
    throw new Error(`the sandbox does not know the resource type ${token}`);
  }
  if (name.endsWith('List')) {
    throw new Error(`${token}: list resources cannot be created, use the underlying resource type instead`);
  }
  const patch = name.endsWith('Patch') && name !== 'Patch';
  const bare = group === 'core' ? '' : group;
  return {
    token,
    group: bare,
    version,
    apiVersion: bare === '' ? version : `${bare}/${version}`,
    kind: patch ? name.slice(0, -'Patch'.length) : name,
    patch,
  };
}

const clusterWide = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterIssuer',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'EC2NodeClass',
  'FlowSchema',
  'GatewayClass',
  'IngressClass',
  'IngressClassParams',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'NodeClass',
  'NodePool',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeSnapshotClass',
]);

/** Whether objects of the kind live in namespaces, where no API server can be asked. */
export function isNamespaced(kind: Kind): boolean {
  return !clusterWide.has(kind.kind);
}

import type { Cloud } from '../../model/cloud';
import { CloudError } from '../../model/errors';
import { uuid } from '../../model/ids';
import { text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import type { Bag } from '../../model/values';
import { aws, json, toRole } from '../parts';
import { cluster, toCluster } from './cluster';

/** The add-ons that EKS has under these names, and AWS's community ones. */
const names = [
  'vpc-cni',
  'coredns',
  'kube-proxy',
  'eks-pod-identity-agent',
  'aws-ebs-csi-driver',
  'aws-efs-csi-driver',
  'aws-mountpoint-s3-csi-driver',
  'snapshot-controller',
  'eks-node-monitoring-agent',
  'amazon-cloudwatch-observability',
  'adot',
  'metrics-server',
  'kube-state-metrics',
  'prometheus-node-exporter',
  'cert-manager',
  'external-dns',
  'fluent-bit',
];

/** Versions are written like `v1.13.2-eksbuild.1`; kube-proxy's follows the minor version of the cluster. */
const versionForm = /^v\d+\.\d+\.\d+-eksbuild\.\d+$/;

export const addOn: ResourceType = {
  token: aws('eks', 'Addon'),
  required: ['addonName', 'clusterName'],
  references: [toCluster(false), toRole('serviceAccountRoleArn'), toRole('podIdentityAssociations.*.roleArn')],
  enumerations: {
    addonName: names,
    resolveConflictsOnCreate: ['NONE', 'OVERWRITE'],
    resolveConflictsOnUpdate: ['NONE', 'OVERWRITE', 'PRESERVE'],
  },
  replaceOn: ['addonName', 'clusterName'],
  sets: ['podIdentityAssociations'],
  keeps: ['addonVersion', 'configurationValues', 'namespaceConfig'],
  computed: ['arn', 'createdAt', 'modifiedAt', 'tagsAll'],
  check: (inputs) => json(inputs, 'configurationValues', 'InvalidParameterException'),
  create: ({ inputs, cloud }) => {
    versionExists(inputs, cloud);
    const [owner, name] = [text(inputs, 'clusterName') ?? '', text(inputs, 'addonName') ?? ''];
    const now = new Date().toISOString();
    return {
      id: `${owner}:${name}`,
      state: { arn: cloud.arn('eks', `addon/${owner}/${name}/${uuid()}`), createdAt: now, modifiedAt: now },
    };
  },
  changing: () => ['modifiedAt'],
  update: ({ inputs, cloud }) => {
    versionExists(inputs, cloud);
    return { state: { modifiedAt: new Date().toISOString() } };
  },
};

function versionExists(inputs: Bag, cloud: Cloud): void {
  const version = text(inputs, 'addonVersion');
  if (version === undefined) return;
  const owner = cloud.find([cluster.token], text(inputs, 'clusterName') ?? '');
  const minor = text(owner?.inputs, 'version') ?? '';
  const name = text(inputs, 'addonName');
  const fits = name !== 'kube-proxy' || version.startsWith(`v${minor}.`);
  if (versionForm.test(version) && fits) return;
  throw new CloudError('InvalidParameterException', `Addon version specified is not supported: ${name} ${version}`);
}

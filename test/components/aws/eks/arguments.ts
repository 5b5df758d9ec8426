import { KUBERNETES_VERSION } from '../../../../plan/cluster';
import type { EksClusterArgs } from '../../../../components/aws/eks/cluster';

export const small: EksClusterArgs = {
  region: 'us-east-1',
  vpcId: 'vpc-1',
  subnetIds: ['subnet-a', 'subnet-b'],
  version: KUBERNETES_VERSION,
  nodes: { machine: 't3.large', start: 3, diskGb: 50, securityGroupIds: ['sg-clients'] },
  logRetentionDays: 90,
  tags: { System: 'pulse' },
};

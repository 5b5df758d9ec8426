import { cluster } from './cluster';
import { clusterInstance } from './cluster-instance';
import { clusterParameterGroup, parameterGroup, subnetGroup } from './groups';
import { instance } from './instance';
import { proxy, proxyDefaultTargetGroup, proxyTarget } from './proxy';

export const rds = [
  instance,
  cluster,
  clusterInstance,
  subnetGroup,
  parameterGroup,
  clusterParameterGroup,
  proxy,
  proxyDefaultTargetGroup,
  proxyTarget,
];

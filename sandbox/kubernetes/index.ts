import { version } from '@pulumi/kubernetes/package.json';
import type { ProviderPackage } from '../model/resource-type';
import { KubernetesProvider } from './provider';

/** Any kind of object, by rule. */
export const kubernetesPackage: ProviderPackage = {
  name: 'kubernetes',
  version,
  types: [],
  operations: (store) => new KubernetesProvider(kubernetesPackage, store),
};

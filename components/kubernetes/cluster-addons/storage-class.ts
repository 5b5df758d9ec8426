import * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';

export interface DefaultStorageClass {
  /** Its name on the cluster. */
  name: string;
  provisioner: string;
  parameters: Record<string, string>;
}

/** The class of volumes that name none. A volume is made in the zone of the pod that asks for it, and can grow. */
export function createDefaultStorageClass(
  name: string,
  { name: className, provisioner, parameters }: DefaultStorageClass,
  opts: pulumi.CustomResourceOptions,
): k8s.storage.v1.StorageClass {
  return new k8s.storage.v1.StorageClass(
    nameOf('kubernetes', name, className),
    {
      metadata: {
        name: className,
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      },
      provisioner,
      parameters,
      allowVolumeExpansion: true,
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
    opts,
  );
}

import type { Bag } from '../../../sandbox/model/values';

/** A node as a test describes it. */
export interface NodeShape {
  name: string;
  /** The cloud's name of it, e.g. `m6i.large`. */
  machine: string;
  zone: string;
  /** What pods may ask for, e.g. `{ cpu: '1930m', memory: '7Gi' }`. */
  allocatable: { cpu: string; memory: string };
  labels?: Record<string, string>;
}

const MOST_PODS = '110';

export function nodeObject({ name, machine, zone, allocatable, labels }: NodeShape): Bag {
  const resources = { ...allocatable, pods: MOST_PODS, 'ephemeral-storage': '50Gi' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'node.kubernetes.io/instance-type': machine,
        'topology.kubernetes.io/zone': zone,
        ...labels,
      },
    },
    status: { allocatable: resources, capacity: resources },
  };
}

/** What a managed cluster has before anybody puts something on it: a default class of volumes, and the metrics API. */
export function standingObjects(metricsPort: number, authority: string): Bag[] {
  return [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'kubernetes.io/host-path',
      allowVolumeExpansion: true,
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'metrics-server', namespace: 'kube-system' },
      spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port: metricsPort }] },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.metrics.k8s.io' },
      spec: {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        caBundle: authority,
        service: { name: 'metrics-server', namespace: 'kube-system', port: metricsPort },
      },
    },
  ];
}

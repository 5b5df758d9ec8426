import type * as k8s from '@pulumi/kubernetes';

/** Where clients of the Kubernetes API look for what they need. */
export const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
/** Seconds. The kubelet renews it before. */
const TOKEN_LIFE = 3_607;

/**
 * What a pod needs to talk to the Kubernetes API, asked for by the one pod that does and no other: a token of its
 * ServiceAccount that ends with the pod, the API's authority, and the namespace.
 */
export const apiAccess: { volume: k8s.types.input.core.v1.Volume; mount: k8s.types.input.core.v1.VolumeMount } = {
  volume: {
    name: 'account',
    projected: {
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: TOKEN_LIFE } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
      ],
    },
  },
  mount: { name: 'account', mountPath: ACCOUNT, readOnly: true },
};

/** Ports of the Kubernetes API: that of its Service, and where the control plane itself listens. */
export const API_PORTS = [443, 6443];

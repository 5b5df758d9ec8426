/** One version of one Helm chart, of its project's own repository. */
export interface Chart {
  chart: string;
  repository: string;
  /** The chart's version, exact. */
  version: string;
}

/**
 * The charts that managed clusters get, pinned. For Kubernetes 1.35: a new minor version of the clusters is the time to
 * look at each again (the autoscaler follows Kubernetes' own minor versions).
 */
export const charts = {
  /** Autoscaler 1.35. */
  clusterAutoscaler: {
    chart: 'cluster-autoscaler',
    repository: 'https://kubernetes.github.io/autoscaler',
    version: '9.57.0',
  },
  loadBalancerController: {
    chart: 'aws-load-balancer-controller',
    repository: 'https://aws.github.io/eks-charts',
    version: '3.4.0',
  },
  certManager: { chart: 'cert-manager', repository: 'https://charts.jetstack.io', version: 'v1.20.2' },
  metricsServer: {
    chart: 'metrics-server',
    repository: 'https://kubernetes-sigs.github.io/metrics-server',
    version: '3.13.0',
  },
  monitoring: {
    chart: 'kube-prometheus-stack',
    repository: 'https://prometheus-community.github.io/helm-charts',
    version: '83.7.0',
  },
} satisfies Record<string, Chart>;

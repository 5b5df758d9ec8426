import { stringify } from 'yaml';
import type { Measured, MeasuredService } from './measured';
import { parts } from './names';
import { INTERVAL } from './rules';

/** Of the exporter that measures queues. */
export const EXPORTER_PORT = 9121;
/** Where a kubelet tells its measurements. */
export const KUBELET_PORT = 10_250;

export interface PrometheusFiles {
  /** Where the rules are. */
  rules: string;
  /** Folder with the token and the authority of the Kubernetes API. */
  account: string;
}

/**
 * What Prometheus looks at, and nothing more: the pods of services whose guide has rules, what measures queues, and the
 * kubelets' own measurements of containers. Pods are found by DNS, which needs no rights; the kubelets by the API.
 */
export function prometheusConfig(measured: Measured, files: PrometheusFiles): string {
  const { namespace, services, workers, queues } = measured;
  const asksContainers = services.length > 0 || workers.length > 0;
  return stringify({
    global: { scrape_interval: `${INTERVAL}s`, scrape_timeout: '10s', evaluation_interval: `${INTERVAL}s` },
    rule_files: [files.rules],
    scrape_configs: [
      ...services.map((service) => serviceJob(service, measured)),
      ...(queues.length > 0 ? [job('queues', parts.queues, EXPORTER_PORT, namespace, 'redis_script_values')] : []),
      ...(asksContainers ? [containers(namespace, files.account)] : []),
    ],
  });
}

function serviceJob({ name, port }: MeasuredService, { namespace, prefix }: Measured) {
  const kept = `${prefix}_http_(requests_total|request_duration_seconds_(bucket|sum|count))`;
  return job(`service-${name}`, name, port, namespace, kept);
}

/** The pods behind a headless Service: as many addresses as there are pods that are ready. */
function job(name: string, service: string, port: number, namespace: string, kept: string) {
  return {
    job_name: name,
    metrics_path: '/metrics',
    dns_sd_configs: [
      { names: [`${service}.${namespace}.svc.cluster.local`], type: 'A', port, refresh_interval: `${INTERVAL}s` },
    ],
    // What the Prometheus operator would call them, so that the same expressions do on both.
    relabel_configs: [
      { target_label: 'namespace', replacement: namespace },
      { target_label: 'service', replacement: service },
    ],
    metric_relabel_configs: [keep('__name__', kept)],
  };
}

/**
 * CPU and memory of the containers, from the kubelet of every node. Its certificate is often its own alone, so it is not
 * checked: what is sent there is a token that may read measurements and nothing else.
 */
function containers(namespace: string, account: string) {
  const kept = 'container_cpu_usage_seconds_total|container_memory_working_set_bytes';
  return {
    job_name: 'containers',
    scheme: 'https',
    metrics_path: '/metrics/cadvisor',
    scrape_interval: '30s',
    scrape_timeout: '20s',
    kubernetes_sd_configs: [{ role: 'node' }],
    authorization: { credentials_file: `${account}/token` },
    tls_config: { insecure_skip_verify: true },
    metric_relabel_configs: [
      keep('__name__', kept),
      keep('namespace', namespace),
      // The sum of a pod, and the pause container, would count twice.
      keep('container', '.+'),
      { source_labels: ['container'], regex: 'POD', action: 'drop' },
    ],
  };
}

function keep(label: string, regex: string) {
  return { source_labels: [label], regex, action: 'keep' };
}

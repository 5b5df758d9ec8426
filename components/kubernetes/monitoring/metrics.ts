import { cpuMillis, memoryMib } from '../../../plan/nodes/quantities';
import type { PodSize } from '../../../plan/types';

/** Which series are meant: those of one service in one namespace. */
export interface Watched {
  /** Begins the names of the service's metrics, e.g. `pulse` of `pulse_http_requests_total`. */
  system: string;
  namespace: string;
  /** Name of the Kubernetes Service, which the Prometheus operator puts on every series. Its container is called the same. */
  service: string;
  /** The most that a pod may take: what its use is a percentage of, as a machine's is of the machine. */
  limits: PodSize;
}

/** The window of every rate. Five minutes hold ten scrapes of the usual half minute. */
export const WINDOW = '5m';
const MIB = 1_048_576;

/** Begins the names of a system's metrics: `sv_sdk` of `sv-sdk`. */
export function metricPrefix(system: string): string {
  return system.replace(/-/g, '_');
}

function requests({ system, namespace, service }: Watched, more = ''): string {
  return `sum(rate(${system}_http_requests_total{namespace="${namespace}",service="${service}"${more}}[${WINDOW}]))`;
}

/** Requests a second. */
export function requestRate(watched: Watched): string {
  return requests(watched);
}

/**
 * The part of requests that ended in a 5xx, from 0 to 1. The guide compares errors per second with 0.05; its sentence
 * says 5 %. Before the first error there is no series of them, hence the zero; without requests there is no number.
 */
export function errorRatio(watched: Watched): string {
  return `(${requests(watched, ',status=~"5.."')} or vector(0)) / ${requests(watched)}`;
}

/**
 * Seconds within which so many percent of requests were answered. The guide takes the quantile of raw counters, which is
 * that of all time since the start; this is that of the window.
 */
export function latency({ system, namespace, service }: Watched, percentile: number): string {
  const buckets = `${system}_http_request_duration_seconds_bucket{namespace="${namespace}",service="${service}"}`;
  return `histogram_quantile(${percentile / 100}, sum by (le) (rate(${buckets}[${WINDOW}])))`;
}

/** Percent of the CPU that a pod may take, average over the pods. By the kubelets' own measurements. */
export function cpu({ namespace, service, limits }: Watched): string {
  const use = `rate(container_cpu_usage_seconds_total{namespace="${namespace}",container="${service}"}[${WINDOW}])`;
  return `100 * avg(sum by (pod) (${use})) / ${cpuMillis(limits.cpu) / 1_000}`;
}

/** Percent of the memory that a pod may take, average over the pods. */
export function memory({ namespace, service, limits }: Watched): string {
  const use = `container_memory_working_set_bytes{namespace="${namespace}",container="${service}"}`;
  return `100 * avg(max by (pod) (${use})) / ${memoryMib(limits.memory) * MIB}`;
}

/**
 * Percent of free space on the fullest node: pods write on the disks of their nodes. Of Prometheus' node exporter, which
 * leaves the volumes of pods out. Read-only and temporary file systems have other types.
 */
export function diskFree(): string {
  const disks = '{fstype=~"ext4|xfs|btrfs"}';
  return `100 * min(node_filesystem_avail_bytes${disks} / node_filesystem_size_bytes${disks})`;
}

/**
 * Whether the document database does not answer, wherever it is: the exporter asks it, and `up` alone would only say that
 * the exporter is there. Where the exporter itself is gone nobody knows, which is told as well.
 */
export function databaseDown({ namespace }: { namespace: string }): string {
  const labels = `{namespace="${namespace}",job="mongodb"}`;
  return `mongodb_up${labels} == 0 or up${labels} == 0 or absent(up${labels})`;
}

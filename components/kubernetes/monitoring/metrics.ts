/** Which series are meant: those of one service in one namespace. */
export interface Watched {
  /** Begins the names of the service's metrics, e.g. `pulse` of `pulse_http_requests_total`. */
  system: string;
  namespace: string;
  /** Name of the Kubernetes Service, which the Prometheus operator puts on every series. */
  service: string;
}

/** The window of every rate. Five minutes hold ten scrapes of the usual half minute. */
export const WINDOW = '5m';

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

/**
 * Whether the database does not answer, wherever it is: the exporter asks it, and `up` alone would only say that the
 * exporter is there. Where the exporter itself is gone nobody knows, which is told as well.
 */
export function databaseDown({ namespace }: Watched): string {
  const labels = `{namespace="${namespace}",job="mongodb"}`;
  return `mongodb_up${labels} == 0 or up${labels} == 0 or absent(up${labels})`;
}

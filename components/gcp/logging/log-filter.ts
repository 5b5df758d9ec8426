/**
 * What a stack writes to Cloud Logging, by the start of its names: flow logs of its subnets, errors of its NAT, output of
 * its containers, requests to its balancers, its clusters.
 */
export function logFilter(prefix: string): string {
  const ours = (label: string) => `${label}=~"^${prefix}-"`;
  const kinds = [
    ['gce_subnetwork', 'resource.labels.subnetwork_name'],
    ['nat_gateway', 'resource.labels.gateway_name'],
    ['http_load_balancer', 'resource.labels.url_map_name'],
    ['k8s_container', 'resource.labels.cluster_name'],
    ['k8s_cluster', 'resource.labels.cluster_name'],
  ] as const;
  return [
    ...kinds.map(([type, label]) => `(resource.type="${type}" AND ${ours(label)})`),
    `(log_id("gcplogs-docker-driver") AND ${ours('jsonPayload.instance.name')})`,
  ].join(' OR ');
}

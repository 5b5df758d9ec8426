import type { QueueSeries } from '../managed-group/policy';
import { shellWord } from '../../instances/shell';

/** Of whom the queues are, and where: what tells one series from another. */
export interface QueuePlace {
  projectId: string;
  /** Starts the metrics' names, so that two stacks of a project never share one: `shop-prod`. */
  prefix: string;
  region: string;
}

/** Types of the metrics that workers write. */
export function queueMetricTypes(prefix: string): { depth: string; wait: string } {
  return {
    depth: `custom.googleapis.com/${prefix}/queue_depth`,
    wait: `custom.googleapis.com/${prefix}/queue_wait_seconds`,
  };
}

/** What an autoscaler reads of one queue: the region's own series, which is the whole group's and no instance's. */
export function queueSeries({ prefix, region }: QueuePlace, queue: string): QueueSeries {
  const of = `resource.labels.location = "${region}" AND resource.labels.namespace = "${prefix}"`;
  return {
    ...queueMetricTypes(prefix),
    filter: `resource.type = "generic_task" AND ${of} AND metric.labels.queue = "${queue}"`,
  };
}

/**
 * Shell lines for `queueDepthPart`: one measurement to Cloud Monitoring, as the instance's own account. The token is in no
 * argument list. A point that comes too soon after another is refused; the other is as good.
 */
export function publishPoint({ projectId, prefix, region }: QueuePlace): string {
  const { depth, wait } = queueMetricTypes(prefix);
  return `local metadata=http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token
local token body
token="$(retry curl --silent --show-error --fail --max-time 5 --header 'Metadata-Flavor: Google' "$metadata" |
  jq --raw-output .access_token)"
body="$(jq --null-input --arg queue "$queue" --arg depth "$depth" --arg wait "$wait" \\
  --arg time "$(date --utc +%Y-%m-%dT%H:%M:%SZ)" ${shellWord(pointFilter(projectId, prefix, region, depth, wait))})"
printf 'Authorization: Bearer %s\\n' "$token" |
  curl --silent --show-error --fail --max-time 10 --output /dev/null --header @- \\
    --header 'Content-Type: application/json' --data "$body" \\
    https://monitoring.googleapis.com/v3/projects/${projectId}/timeSeries ||
  echo "the depth of $queue was not taken" >&2`;
}

/** jq's program: the request of projects.timeSeries.create, with the wait where it is known. */
function pointFilter(projectId: string, prefix: string, region: string, depth: string, wait: string): string {
  const resource = JSON.stringify({ project_id: projectId, location: region, namespace: prefix, job: 'queues' });
  return (
    'def point($type; $value): {metric: {type: $type, labels: {queue: $queue}}, ' +
    `resource: {type: "generic_task", labels: (${resource} + {task_id: $queue})}, ` +
    'points: [{interval: {endTime: $time}, value: {int64Value: $value}}]}; ' +
    `{timeSeries: ([point("${depth}"; $depth)] + if $wait == "" then [] else [point("${wait}"; $wait)] end)}`
  );
}

/** Where the agent puts its metrics; the instances may write to no other namespace. */
export const agentNamespace = 'CWAgent';
/** Memory in use, in percent. EC2 itself knows nothing of memory. */
export const memoryMetric = 'mem_used_percent';
/** The dimension that a group's average is kept under. */
export const groupDimension = 'AutoScalingGroupName';

/**
 * The CloudWatch agent's configuration: memory and disk every minute, per instance and, for scaling, per group. The
 * agent fills the `${aws:…}` in by itself.
 */
export function agentConfiguration(): string {
  const configuration = {
    agent: { metrics_collection_interval: 60 },
    metrics: {
      namespace: agentNamespace,
      append_dimensions: { [groupDimension]: `\${aws:${groupDimension}}`, InstanceId: '${aws:InstanceId}' },
      aggregation_dimensions: [[groupDimension]],
      metrics_collected: {
        mem: { measurement: [memoryMetric] },
        disk: { measurement: ['used_percent'], resources: ['/'], drop_device: true },
      },
    },
  };
  return `${JSON.stringify(configuration, undefined, 2)}\n`;
}

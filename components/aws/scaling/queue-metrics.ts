import { shellWord } from '../../instances/shell';

export const depthMetric = 'QueueDepth';
export const waitMetric = 'QueueWait';
export const queueDimension = 'Queue';

/** The stack's own: instances of one may write no metric of another's. */
export function queueNamespace(prefix: string): string {
  return `Stackladder/${prefix}`;
}

/** Shell lines that hand one measurement to CloudWatch; `components/instances/queue-depth.ts` runs them. */
export function publishToCloudWatch(region: string, namespace: string): string {
  const put = `aws cloudwatch put-metric-data --region ${shellWord(region)} --namespace ${shellWord(namespace)}`;
  const metric = (name: string, unit: string, value: string) =>
    `${put} \\\n    --metric-name ${name} --unit ${unit} --dimensions "${queueDimension}=$queue" --value "${value}"`;
  return [metric(depthMetric, 'Count', '$depth'), `[[ -z $wait ]] || ${metric(waitMetric, 'Seconds', '$wait')}`].join(
    '\n',
  );
}

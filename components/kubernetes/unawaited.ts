import type * as pulumi from '@pulumi/pulumi';
import type { Plan } from '../../plan/types';

/** What the provider waits for until pods are well. */
const awaited = ['kubernetes:apps/v1:Deployment', 'kubernetes:core/v1:Service'];

interface Metadata {
  annotations?: Record<string, string>;
}

/**
 * Options of what uses a plan's database. One that is being taken over keeps its password until the next update, so pods
 * that look for it are not well yet: waiting for them would fail this update, and the next one would never come.
 */
export function whileImporting(
  { relationalDatabase }: Plan,
  options: pulumi.ComponentResourceOptions,
): pulumi.ComponentResourceOptions {
  if (relationalDatabase?.adopted?.imported !== false) return options;
  return { ...options, transformations: [...(options.transformations ?? []), unawaited] };
}

const unawaited: pulumi.ResourceTransformation = ({ type, props, opts }) => {
  if (!awaited.includes(type)) return undefined;
  const inputs = props as { metadata?: Metadata };
  const annotations = { ...inputs.metadata?.annotations, 'pulumi.com/skipAwait': 'true' };
  return { props: { ...inputs, metadata: { ...inputs.metadata, annotations } }, opts };
};

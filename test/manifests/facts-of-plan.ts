import type { RecordedResource } from '../../cli/offline/recorder';
import { factsOf, faultsOf, type ProviderFacts } from './facts';

/**
 * Differences between the plans and the facts that are right as they are. The facts on AWS's enumerations are of 2024.
 */
const accepted: Record<string, string> = {
  'aws:elasticache/replicationGroup:ReplicationGroup engine is "valkey", not one of redis':
    'ElastiCache has Valkey since October 2024',
  'gcp:compute/forwardingRule:ForwardingRule loadBalancingScheme is "", not one of EXTERNAL, EXTERNAL_MANAGED, INTERNAL, INTERNAL_MANAGED':
    'empty is what the provider wants of the endpoint of a Private Service Connect attachment, by its own page',
};

const loaded = new Map<string, ProviderFacts | undefined>();

function packageFacts(name: string): ProviderFacts | undefined {
  if (!loaded.has(name)) loaded.set(name, factsOf(name));
  return loaded.get(name);
}

/** Everything in which a plan's resources differ from what their providers say of them, one sentence each. */
export function unlikeTheFacts(resources: RecordedResource[]): string[] {
  return resources.flatMap(({ type, name, inputs }) => {
    const own = packageFacts(type.split(':')[0] ?? '');
    if (!own) return [];
    return faultsOf(type, inputs, own)
      .map((fault) => `${type} ${fault}`)
      .filter((fault) => !(fault in accepted))
      .map((fault) => `${name}: ${fault}`);
  });
}

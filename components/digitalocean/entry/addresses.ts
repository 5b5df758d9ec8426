import type * as pulumi from '@pulumi/pulumi';
import type { Plan, ServicePlan } from '../../../plan/types';
import type { DigitalOceanRegion, Shared } from '../region';
import { GlobalBalancer } from './global-balancer';

/**
 * The addresses that lead to a service, by a name each: of its one region, of a global balancer over several, or, where
 * clusters made their balancers by themselves, of every region.
 */
export function addressesOf(
  { prefix, domain }: Plan,
  service: ServicePlan,
  regions: DigitalOceanRegion[],
  { certificates, projectId, options }: Shared,
): Record<string, pulumi.Output<string>> {
  const serving = regions.filter(({ serves }) => serves);
  const targets = serving.map((region) => ({ code: region.code, ...region.host().entryTarget(service) }));
  const balancerIds = targets.flatMap(({ balancerId }) => balancerId ?? []);
  if (targets.length < 2 || balancerIds.length < targets.length) {
    return Object.fromEntries(targets.map(({ code, address }) => [code, address]));
  }
  const global = new GlobalBalancer(
    `${prefix}-${service.name}-global`,
    {
      domain: domain.name,
      certificateName: certificates.nameFor(`${prefix}-${service.name}-certificate`, domain.name),
      balancerIds,
      healthPath: service.healthCheck.path,
      projectId,
    },
    options,
  );
  return { global: global.address };
}

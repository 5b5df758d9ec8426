import * as pulumi from '@pulumi/pulumi';
import type { ServicePlan } from '../../../plan/types';
import type { Entry } from '../../platform';
import { AddressRecord } from '../dns/address-record';
import type { GcpRegion, ServiceReach } from '../region';
import type { GcpStack } from '../stack';
import { ServiceEntry } from './service-entry';

/** One region's answer for a service. */
interface Reached {
  region: GcpRegion;
  reach: ServiceReach;
}

/**
 * Leads clients to a service: by one global balancer where regions answer with instance groups, by a record with an
 * address a region where they answer at edges of their own.
 */
export function openEntry(stack: GcpStack, regions: GcpRegion[], service: ServicePlan): Entry {
  const reached = regions.flatMap((region) =>
    region.serving ? [{ region, reach: region.serving.reach(service) }] : [],
  );
  const groups = reached.flatMap(({ reach }) => (reach.kind === 'group' ? [reach.instanceGroup] : []));
  if (groups.length > 0) return balanced(stack, groups, service);
  return recorded(stack, reached, service);
}

function balanced(stack: GcpStack, groups: pulumi.Output<string>[], service: ServicePlan): Entry {
  const { prefix, domain, accounts } = stack.plan;
  const entry = new ServiceEntry(
    `${prefix}-${service.name}`,
    {
      domain: domain.name,
      dnsZone: accounts.gcp.dnsZone,
      groups,
      port: service.port,
      healthCheck: service.healthCheck,
      rateLimit: service.rateLimit,
      idleTimeoutSeconds: service.idleTimeoutSeconds,
      drainSeconds: service.drainSeconds,
      labels: stack.labels,
    },
    stack.options,
  );
  stack.entries.set(service.name, entry);
  return { url: entry.url };
}

function recorded(stack: GcpStack, reached: Reached[], service: ServicePlan): Entry {
  const { prefix, domain, accounts } = stack.plan;
  const addresses = reached.flatMap(({ region, reach }) =>
    reach.kind === 'address' ? [{ region: region.name, address: reach.address }] : [],
  );
  const { dnsZone } = accounts.gcp;
  if (dnsZone !== undefined) {
    new AddressRecord(`${prefix}-${service.name}`, { dnsZone, domain: domain.name, addresses }, stack.options);
  }
  return { url: pulumi.output(`https://${domain.name}`) };
}

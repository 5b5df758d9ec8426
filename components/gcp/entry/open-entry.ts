import * as pulumi from '@pulumi/pulumi';
import type { ServicePlan } from '../../../plan/types';
import type { Entry } from '../../platform';
import { AddressRecord, type AddressRecordArgs } from '../dns/address-record';
import { requestsPerMinute } from '../managed-group/policy';
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
 * address a region where they answer at edges of their own. The record has one place for both: a change of compute moves
 * it, where two records of one name could not stand beside each other.
 */
export function openEntry(stack: GcpStack, regions: GcpRegion[], service: ServicePlan): Entry {
  const { prefix, domain, accounts } = stack.plan;
  const reached = regions.flatMap((region) =>
    region.serving ? [{ region, reach: region.serving.reach(service) }] : [],
  );
  const groups = reached.flatMap(({ reach }) => (reach.kind === 'group' ? [reach.instanceGroup] : []));
  const addresses = groups.length > 0 ? balanced(stack, groups, service) : edges(reached);
  const { dnsZone } = accounts.gcp;
  if (dnsZone !== undefined) {
    new AddressRecord(`${prefix}-${service.name}`, { dnsZone, domain: domain.name, addresses }, stack.options);
  }
  return {
    url: pulumi.output(`https://${domain.name}`),
    target: { kind: 'addresses', addresses: addresses.map(({ address }) => pulumi.output(address)) },
  };
}

type Addresses = AddressRecordArgs['addresses'];

function balanced(stack: GcpStack, groups: pulumi.Output<string>[], service: ServicePlan): Addresses {
  const { prefix, domain, accounts } = stack.plan;
  const entry = new ServiceEntry(
    `${prefix}-${service.name}`,
    {
      domain: domain.name,
      dnsZone: accounts.gcp.dnsZone,
      certificateMap: accounts.gcp.certificateMap,
      leads: false,
      groups,
      port: service.port,
      healthCheck: service.healthCheck,
      rateLimit: service.rateLimit,
      idleTimeoutSeconds: service.idleTimeoutSeconds,
      drainSeconds: service.drainSeconds,
      requestsPerMinute: requestsPerMinute(service.scalingRules),
      routing: service.routing,
      labels: stack.labels,
    },
    stack.options,
  );
  stack.entries.set(service.name, entry);
  return [{ region: 'global', address: entry.front.address.address }];
}

function edges(reached: Reached[]): Addresses {
  return reached.flatMap(({ region, reach }) =>
    reach.kind === 'address' ? [{ region: region.name, address: reach.address }] : [],
  );
}

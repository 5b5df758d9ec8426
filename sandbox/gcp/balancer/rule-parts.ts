import { randomInt } from 'node:crypto';
import type { Bag } from '../../model/values';
import { COMPUTE } from '../google';
import { label } from '../parts';

export const protocols = ['TCP', 'UDP', 'ESP', 'AH', 'SCTP', 'ICMP'];
export const rule = {
  links: COMPUTE,
  labels: true,
  naming: label(),
  keeps: [
    'ipAddress',
    'ipProtocol',
    'ipVersion',
    'network',
    'networkTier',
    'portRange',
    'sourceIpRanges',
    'subnetwork',
    'serviceDirectoryRegistrations',
  ],
};
export const front = (): Bag => ({
  forwardingRuleId: randomInt(1e12, 9e12),
  labelFingerprint: '42WmSpB8rSM=',
  baseForwardingRule: '',
});

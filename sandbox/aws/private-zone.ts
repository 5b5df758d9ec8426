import { problem } from '../model/errors';
import { upperAlphanumeric } from '../model/ids';
import { text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { aws } from './parts';

/** A hosted zone; with networks it answers inside them alone. */
export const zone: ResourceType = {
  token: aws('route53', 'Zone'),
  global: true,
  required: [],
  references: [{ path: 'vpcs.*.vpcId', to: [aws('ec2', 'Vpc')], error: 'InvalidVPCId', anyRegion: true, holds: true }],
  replaceOn: ['delegationSetId', 'name'],
  sets: ['vpcs'],
  computed: ['arn', 'nameServers', 'primaryNameServer', 'tagsAll', 'zoneId'],
  defaults: { comment: 'Managed by Pulumi', forceDestroy: false },
  inUse: 'HostedZoneNotEmpty',
  check: (inputs) => {
    const name = text(inputs, 'name');
    if (name === undefined || /^([a-z0-9_]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9-]+\.?$/i.test(name)) return [];
    return [problem('name', `InvalidDomainName: ${name} is not a domain name`)];
  },
  create: ({ cloud }) => {
    const id = `Z${upperAlphanumeric(20)}`;
    const server = `ns-0.awsdns-00.com`;
    return {
      id,
      state: {
        arn: cloud.arn('route53', `hostedzone/${id}`, ''),
        nameServers: [server],
        primaryNameServer: server,
        zoneId: id,
      },
    };
  },
};

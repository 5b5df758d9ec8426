import { CloudError, problem } from '../../model/errors';
import { ec2Id } from '../../model/ids';
import { flag, text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import { aws, toVpc } from '../parts';
import { overlap } from './cidr';

export const vpcPeeringConnection: ResourceType = {
  token: aws('ec2', 'VpcPeeringConnection'),
  required: ['peerVpcId', 'vpcId'],
  references: [toVpc('vpcId', false), { ...toVpc('peerVpcId', false), anyRegion: true }],
  replaceOn: ['peerOwnerId', 'peerRegion', 'peerVpcId', 'vpcId'],
  keeps: ['peerOwnerId', 'peerRegion'],
  computed: ['acceptStatus', 'tagsAll'],
  check: (inputs) => {
    const away = inputs.peerRegion !== undefined || inputs.peerOwnerId !== undefined;
    if (!away || flag(inputs, 'autoAccept') !== true) return [];
    return [problem('autoAccept', 'autoAccept is only possible within one account and region; use an accepter')];
  },
  create: ({ inputs, cloud }) => {
    const [mine, theirs] = ['vpcId', 'peerVpcId'].map((key) =>
      cloud.find([aws('ec2', 'Vpc')], text(inputs, key) ?? '', true),
    );
    if (overlap(text(mine?.inputs, 'cidrBlock') ?? '', text(theirs?.inputs, 'cidrBlock') ?? '')) {
      throw new CloudError(
        'OverlappingCidr',
        'the CIDR blocks of the two networks overlap: no traffic would be routed',
      );
    }
    const status = flag(inputs, 'autoAccept') ? 'active' : 'pending-acceptance';
    return { id: ec2Id('pcx'), state: { acceptStatus: status } };
  },
};

export const vpcPeeringConnectionAccepter: ResourceType = {
  token: aws('ec2', 'VpcPeeringConnectionAccepter'),
  required: ['vpcPeeringConnectionId'],
  references: [
    {
      path: 'vpcPeeringConnectionId',
      to: [vpcPeeringConnection.token],
      error: 'InvalidVpcPeeringConnectionID.NotFound',
      anyRegion: true,
    },
  ],
  replaceOn: ['vpcPeeringConnectionId'],
  computed: ['acceptStatus', 'peerOwnerId', 'peerRegion', 'peerVpcId', 'tagsAll', 'vpcId'],
  create: ({ inputs, cloud }) => {
    const id = text(inputs, 'vpcPeeringConnectionId') ?? '';
    const request = cloud.find([vpcPeeringConnection.token], id, true);
    return {
      id,
      state: {
        acceptStatus: flag(inputs, 'autoAccept') ? 'active' : 'pending-acceptance',
        peerOwnerId: cloud.account,
        peerRegion: request?.region ?? cloud.region,
        peerVpcId: text(request?.inputs, 'vpcId') ?? '',
        vpcId: text(request?.inputs, 'peerVpcId') ?? '',
      },
    };
  },
};

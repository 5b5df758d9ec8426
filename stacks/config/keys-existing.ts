import { z } from 'zod';
import * as form from './forms';
import { note } from './note';

const subnet = note(form.subnetId, {
  says: 'A subnet.',
  allowed: 'a subnet id: subnet- and 8 or 17 hexadecimal digits',
  example: 'subnet-0123456789abcdef0',
});

function subnets(kind: string) {
  return note(form.distinct(subnet).min(1), {
    says: `${kind}, one per zone, in the order of the zones.`,
    allowed: 'a list of subnet ids, one per zone, each once',
  });
}

/** Parts that are already there and are used instead of new ones. Nothing of them is changed or deleted. */
export const existing = note(
  z
    .strictObject({
      network: note(
        z
          .strictObject({
            vpcId: note(form.vpcId, {
              says: 'The VPC.',
              allowed: 'a VPC id: vpc- and 8 or 17 hexadecimal digits',
              example: 'vpc-0123456789abcdef0',
            }),
            publicSubnetIds: subnets('Subnets with a route to an internet gateway, for load balancers'),
            privateSubnetIds: subnets('Subnets with a route to a NAT gateway, for services'),
            dataSubnetIds: subnets('Subnets without a route out, for stores'),
            natAddresses: note(
              form
                .distinct(note(z.ipv4(), { says: 'An address.', allowed: 'an IPv4 address', example: '203.0.113.10' }))
                .default([]),
              {
                says: 'Public addresses that outgoing traffic leaves from. An Atlas M0 database lets only these in.',
                allowed: 'a list of IPv4 addresses, each once',
              },
            ),
          })
          .optional(),
        { says: 'Network of the home region.', otherwise: 'a new network' },
      ),
      databaseSecretId: note(form.secretArn.optional(), {
        says: 'Secret in Secrets Manager that holds the whole URL of the document database. No database is made then.',
        allowed: 'the ARN of a secret: arn:aws:secretsmanager:<region>:<account>:secret:<name>',
        example: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:pulse/mongo-url-AbCdEf',
        otherwise: 'a new database',
      }),
      atlasProjectId: note(form.atlasId.optional(), {
        says: 'Atlas project that gets the cluster.',
        allowed: '24 hexadecimal digits in lower case',
        example: '0123456789abcdef01234567',
        otherwise: 'a new project',
      }),
    })
    .prefault({}),
  { says: 'Parts that are already there and are used instead of new ones. They are never changed or deleted.' },
);

import { z } from 'zod';
import * as form from './forms';
import { placesOf, region } from './keys-place';
import { adopts } from './adopts';
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

/** A network that is already there. Nothing of it is changed or deleted. */
const network = z.strictObject({
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
});

const machineImage = note(form.amazonMachineImage, {
  says: 'Id of an Amazon machine image, in the region that it is named for.',
  allowed: 'the id of an AMI: ami- and 8 or 17 hexadecimal digits',
  example: 'ami-0123456789abcdef0',
});

const certificate = note(form.certificateArn, {
  says: 'ARN of a certificate in AWS Certificate Manager, in the region that it is named for.',
  allowed: 'the ARN of a certificate: arn:aws:acm:<region>:<account>:certificate/<id>',
  example: 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
});

const principal = note(form.principalArn, {
  says: 'A role or user.',
  allowed: 'the ARN of a role or a user: arn:aws:iam::<account>:role/<name>',
  example: 'arn:aws:iam::123456789012:role/platform',
});

const account = note(form.accountId, {
  says: 'An account.',
  allowed: '12 digits, in quotes',
  example: '123456789012',
});

/** What the user has on AWS. */
export const aws = note(
  z
    .strictObject({
      ...placesOf('AWS'),
      hostedZoneId: note(form.hostedZoneId.optional(), {
        says: "Route 53 zone that gets the records of `domain` and of the certificates' validation. Without it, `aws.certificates` must be given and the records are yours to make.",
        allowed: 'the id of a Route 53 hosted zone: Z, then capital letters and digits',
        example: 'Z0123456789EXAMPLE',
      }),
      certificates: note(z.record(region, certificate).default({}), {
        says: 'Certificates of your own, by region, instead of ones that are made and validated here. Needed for every region that serves (and for us-east-1 where there is content delivery) unless `aws.hostedZoneId` is given.',
      }),
      machineImages: note(z.record(region, machineImage).default({}), {
        says: 'Machine image (AMI) that the instances of a region are pinned to. A region without one takes the newest Amazon Linux 2023 at each `up`, and the preview shows when that has changed.',
      }),
      allowedAccountIds: note(form.distinct(account).default([]), {
        says: 'AWS accounts that the stack may touch; with any other credentials it stops. Empty means any. Advised in prod.',
        allowed: 'a list of account ids of 12 digits, each in quotes',
      }),
      network: note(network.optional(), {
        says: 'Network of the home region that is already there. It is never changed or deleted.',
        otherwise: 'a new network',
      }),
      controlPlaneCidrs: note(form.networks('198.51.100.0/24').default([]), {
        says: "Networks that may reach a cluster's control plane: private ones, such as a VPN's, at its private end, while any other gives it a public end for just those. Without any it is reached from inside the VPC alone, and so must `up` be run there.",
        allowed: 'a list of IPv4 networks, each once, none wider than /8',
      }),
      clusterAdmins: note(form.distinct(principal).default([]), {
        says: 'IAM roles and users that administer the clusters, besides who creates them: that one is in already, and EKS refuses it here. Name whoever else runs `up`.',
        allowed: 'a list of ARNs of roles and users, each once',
      }),
      databaseSecretId: note(form.secretArn.optional(), {
        says: 'Secret in Secrets Manager that holds the whole URL of a database that is already there. None is made then.',
        allowed: 'the ARN of a secret: arn:aws:secretsmanager:<region>:<account>:secret:<name>',
        example: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:pulse/mongo-url-AbCdEf',
        otherwise: 'a new database',
      }),
      adoptDatabase: note(form.awsDatabaseId.optional(), {
        says: adopts('Identifier of an RDS instance or an Aurora cluster'),
        allowed:
          'an identifier of at most 63 small letters, digits and single hyphens, beginning with a letter; not an ARN',
        example: 'shop-production',
        otherwise: 'a new database',
      }),
    })
    .prefault({}),
  { says: 'What you have on AWS. Read where the stack runs there; otherwise only its form is checked.' },
);

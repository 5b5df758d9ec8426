import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { ReaderGround, RelationalArgs } from './arguments';
import { standOn } from './ground';
import { parameterGroup, type RdsParts } from './rds-primary';
import { Readers } from './readers';

/** Readers of a primary, by region: those beside it, and those of every further region. */
export function createReaders(
  name: string,
  args: RelationalArgs,
  { standing, monitoring, parameters }: RdsParts,
  primary: aws.rds.Instance,
  parent: pulumi.Resource,
): Record<string, Readers> {
  const { replicas, further = [] } = args;
  const readers: Record<string, Readers> = {};
  const shared = { database: args, monitoring };
  if (replicas.min > 0) {
    const beside = {
      ...shared,
      region: args.region,
      vpcId: args.vpcId,
      zones: args.zones,
      count: replicas.min,
      source: primary.identifier,
      parameterGroupName: parameters.name,
      securityGroupId: standing.securityGroup.id,
    };
    readers[args.region] = new Readers(`${name}-readers`, beside, { parent });
  }
  for (const ground of replicas.perFurtherRegion > 0 ? further : []) {
    const { region, vpcId, zones } = ground;
    const away = { ...shared, region, vpcId, zones, count: replicas.perFurtherRegion, source: primary.arn };
    const on = groundAway(`${name}-${ground.code}`, ground, args, parent);
    readers[region] = new Readers(`${name}-readers-${ground.code}`, { ...away, ...on }, { parent });
  }
  return readers;
}

/** What readers in another region stand on. An encrypted copy needs a key of its own region. */
function groundAway(part: string, ground: ReaderGround, args: RelationalArgs, parent: pulumi.Resource) {
  const { subnetGroup, securityGroup } = standOn(part, ground, args, parent);
  const key = new aws.kms.Key(
    nameOf('aws:kms', part),
    {
      region: ground.region,
      description: `Readers of ${args.name} in ${ground.region}`,
      enableKeyRotation: true,
      deletionWindowInDays: 7,
      tags: args.tags,
    },
    { parent },
  );
  return {
    subnetGroupName: subnetGroup.name,
    securityGroupId: securityGroup.id,
    parameterGroupName: parameterGroup(part, ground.region, args, parent).name,
    kmsKeyId: key.arn,
  };
}

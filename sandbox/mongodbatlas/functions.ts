import { text } from '../model/reading';
import type { Cloud } from '../model/cloud';
import { isBag, type Bag } from '../model/values';
import { advancedCluster } from './cluster';
import { connectionStrings } from './connection-strings';
import { regionsOf } from './specs';

/** What a cluster really has, beside what the program asked for: the one place where effective fields show. */
export function getAdvancedCluster(args: Bag, cloud: Cloud): Bag {
  const [name, projectId] = [text(args, 'name'), text(args, 'projectId')];
  const record = cloud
    .all(advancedCluster.token)
    .find((one) => text(one.inputs, 'name') === name && text(one.inputs, 'projectId') === projectId);
  if (!record) throw new Error(`CLUSTER_NOT_FOUND: No cluster named ${name} exists in group ${projectId}.`);
  const effective: Bag = {
    instanceSize: record.actual.instanceSize ?? null,
    diskSizeGb: record.actual.diskSizeGb ?? null,
  };
  const regionConfigs = regionsOf(record.inputs).map((region) => ({
    ...region,
    effectiveElectableSpecs: { ...(isBag(region.electableSpecs) ? region.electableSpecs : {}), ...effective },
  }));
  return {
    ...record.inputs,
    ...record.state,
    id: record.id,
    connectionStrings: connectionStrings(record, cloud),
    replicationSpecs: [{ regionConfigs }],
  };
}

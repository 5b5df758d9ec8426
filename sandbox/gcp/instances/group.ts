import type { Cloud } from '../../model/cloud';
import { CloudError, problem, type Problem } from '../../model/errors';
import { list, matches, number, text, texts } from '../../model/reading';
import type { Bag } from '../../model/values';
import { COMPUTE, google } from '../google';
import { between, gcp, label, shaped, to } from '../parts';
import { numericId } from '../network/network';

/** A region has three zones, or four where Google has built one more; the sandbox knows the three that all have. */
const zonesIn = (region: string): string[] =>
  (region === 'us-east1' ? ['b', 'c', 'd'] : region === 'europe-west1' ? ['b', 'c', 'd'] : ['a', 'b', 'c', 'f']).map(
    (letter) => `${region}-${letter}`,
  );

export const groupManager = google({
  token: gcp('compute', 'RegionInstanceGroupManager'),
  id: 'projects/{project}/regions/{region}/instanceGroupManagers/{name}',
  links: COMPUTE,
  naming: label(),
  required: ['baseInstanceName', 'versions'],
  references: [
    to(
      'versions.*.instanceTemplate',
      [gcp('compute', 'InstanceTemplate'), gcp('compute', 'RegionInstanceTemplate')],
      true,
    ),
    to('autoHealingPolicies.healthCheck', [gcp('compute', 'HealthCheck')], true),
  ],
  enumerations: {
    distributionPolicyTargetShape: ['EVEN', 'BALANCED', 'ANY', 'ANY_SINGLE_ZONE'],
    listManagedInstancesResults: ['PAGELESS', 'PAGINATED'],
    waitForInstancesStatus: ['STABLE', 'UPDATED'],
    'updatePolicy.type': ['OPPORTUNISTIC', 'PROACTIVE'],
    'updatePolicy.minimalAction': ['NONE', 'REFRESH', 'RESTART', 'REPLACE'],
    'updatePolicy.mostDisruptiveAllowedAction': ['NONE', 'REFRESH', 'RESTART', 'REPLACE'],
    'updatePolicy.instanceRedistributionType': ['PROACTIVE', 'NONE'],
    'updatePolicy.replacementMethod': ['RECREATE', 'SUBSTITUTE'],
    'instanceLifecyclePolicy.defaultActionOnFailure': ['REPAIR', 'DO_NOTHING', 'DELETE'],
    'instanceLifecyclePolicy.forceUpdateOnRepair': ['YES', 'NO'],
  },
  replaceOn: [
    'baseInstanceName',
    'description',
    'distributionPolicyZones',
    'name',
    'params',
    'project',
    'region',
    'targetSizePolicies.mode',
  ],
  sets: ['distributionPolicyZones', 'namedPorts', 'targetPools'],
  keeps: [
    'distributionPolicyTargetShape',
    'distributionPolicyZones',
    'instanceLifecyclePolicy',
    'standbyPolicy',
    'targetSize',
    'updatePolicy',
  ],
  computed: [
    'creationTimestamp',
    'distributionPolicyZones',
    'fingerprint',
    'instanceGroup',
    'instanceGroupManagerId',
    'statuses',
    'targetSize',
  ],
  defaults: { listManagedInstancesResults: 'PAGELESS', waitForInstances: false },
  check: checkGroup,
  make: ({ inputs, cloud, id, place }) => {
    insideRegion(inputs, cloud, place.region);
    const instanceGroup = `${COMPUTE}${id.replace('instanceGroupManagers', 'instanceGroups')}`;
    return {
      state: {
        creationTimestamp: new Date().toISOString(),
        ...(inputs.distributionPolicyZones === undefined
          ? { distributionPolicyZones: zonesIn(place.region).slice(0, 3) }
          : {}),
        fingerprint: '',
        instanceGroup,
        instanceGroupManagerId: Number(numericId().slice(0, 12)),
        statuses: [{ isStable: true, versionTargets: [{ isReached: true }] }],
        ...(inputs.targetSize === undefined ? { targetSize: 0 } : {}),
      },
      actual: { alsoKnownAs: [instanceGroup] },
    };
  },
  update: ({ record, changed, cloud }) => {
    if (!changed.includes('targetSize')) return;
    const scaled = cloud
      .all(gcp('compute', 'RegionAutoscaler'))
      .filter(({ inputs }) => text(inputs, 'autoscalingPolicy.mode') !== 'OFF')
      .some(({ inputs }) => cloud.find([record.type], text(inputs, 'target') ?? '')?.id === record.id);
    if (scaled) {
      throw new CloudError(
        'conditionNotMet',
        'Resizing of autoscaled regional managed instance groups is not allowed.',
      );
    }
  },
});

function checkGroup(inputs: Bag): Problem[] {
  const problems = [
    ...shaped(
      inputs,
      'baseInstanceName',
      /^[a-z](([-a-z0-9]{0,57})|([-a-z0-9]{0,51}-#{1,10}(\[[0-9]{1,10}\])?))$/,
      'a name of at most 58 characters',
    ),
    ...between(inputs, 'autoHealingPolicies.initialDelaySec', 0, 3600),
    ...between(inputs, 'updatePolicy.minReadySec', 0, 3600),
  ];
  const unsized = matches(inputs, 'versions.*').filter(({ value }) => (value as Bag).targetSize === undefined);
  if (list(inputs, 'versions').length > 0 && unsized.length !== 1) {
    problems.push(problem('versions', 'invalid: exactly one version has no target size'));
  }
  // A regional group rolls over in each of its zones, so a fixed number is 0 or one a zone at least.
  const zones = texts(inputs, 'distributionPolicyZones').length || 3;
  const surge = number(inputs, 'updatePolicy.maxSurgeFixed');
  const away = number(inputs, 'updatePolicy.maxUnavailableFixed');
  for (const [path, value] of Object.entries({ maxSurgeFixed: surge, maxUnavailableFixed: away })) {
    if (value !== undefined && value > 0 && value < zones) {
      const reason = `invalid: updatePolicy.${path} of a regional group is 0 or at least the number of its zones (${zones}), got ${value}`;
      problems.push(problem('updatePolicy', reason));
    }
  }
  if (surge === 0 && away === 0) {
    problems.push(problem('updatePolicy', 'invalid: maxSurge and maxUnavailable cannot both be 0'));
  }
  if (text(inputs, 'updatePolicy.replacementMethod') === 'RECREATE' && (surge ?? 0) > 0) {
    problems.push(problem('updatePolicy', 'invalid: maxSurge must be 0 where the replacement method is RECREATE'));
  }
  return problems;
}

function insideRegion(inputs: Bag, cloud: Cloud, region: string): void {
  const stray = texts(inputs, 'distributionPolicyZones').find((zone) => !zone.startsWith(`${region}-`));
  if (stray) throw new CloudError('invalid', `Zone ${stray} is not in the region ${region}`);
  const template = gcp('compute', 'RegionInstanceTemplate');
  for (const { value } of matches(inputs, 'versions.*.instanceTemplate')) {
    const found = cloud.find([template], String(value));
    const home = found && (text(found.inputs, 'region') ?? text(found.state, 'region'));
    if (home !== undefined && home !== region) {
      throw new CloudError('invalid', `The instance template ${found?.id} is not in the region ${region}`);
    }
  }
}

import { problem, type Problem } from '../model/errors';
import { flag, number, text } from '../model/reading';
import type { Bag } from '../model/values';
import { isGoogleRegion } from './parts';
import { diskOf, isTenant, regionsOf, tierNumber } from './specs';

/** What Atlas refuses about a cluster, whenever it is asked. */
export function checkCluster(inputs: Bag): Problem[] {
  return [
    ...(isTenant(inputs) ? checkTenant(inputs) : checkDedicated(inputs)),
    ...checkScaling(inputs),
    ...checkBackup(inputs),
  ];
}

function checkTenant(inputs: Bag): Problem[] {
  const problems: Problem[] = [];
  const refuse = (property: string, what: string) =>
    problems.push(problem(property, `TENANT_ATTRIBUTE_READ_ONLY: ${what} is not possible on a shared (M0) cluster`));
  const region = regionsOf(inputs)[0];
  if (text(region, 'providerName') === 'TENANT' && text(region, 'electableSpecs.instanceSize') !== 'M0') {
    problems.push(
      problem('replicationSpecs', 'INVALID_INSTANCE_SIZE: the provider TENANT has the instance size M0 alone'),
    );
  }
  if (region?.backingProviderName === undefined) {
    problems.push(
      problem('replicationSpecs', 'MISSING_ATTRIBUTE: backingProviderName is required when providerName is TENANT'),
    );
  }
  if (flag(inputs, 'backupEnabled')) refuse('backupEnabled', 'cloud backup');
  if (flag(inputs, 'pitEnabled')) refuse('pitEnabled', 'continuous backup');
  if (flag(region, 'autoScaling.computeEnabled')) refuse('replicationSpecs', 'compute autoscaling');
  if (flag(region, 'autoScaling.diskGbEnabled')) refuse('replicationSpecs', 'disk autoscaling');
  if (diskOf(inputs) !== undefined) refuse('replicationSpecs', 'choosing a disk size');
  if (!['NONE', undefined].includes(text(inputs, 'encryptionAtRestProvider'))) {
    refuse('encryptionAtRestProvider', 'encryption with a key of your own');
  }
  return problems;
}

function checkDedicated(inputs: Bag): Problem[] {
  const problems: Problem[] = [];
  const regions = regionsOf(inputs);
  const sizes = new Set(regions.map((region) => text(region, 'electableSpecs.instanceSize')).filter(Boolean));
  for (const size of sizes) {
    if (!/^[MR]\d+(_NVME|_GEN_2)?$/.test(size ?? '') || size === 'M0') {
      problems.push(
        problem('replicationSpecs', `INVALID_ENUM_VALUE: ${size} is no instance size of a dedicated cluster`),
      );
    }
  }
  const nodes = regions.map((region) => number(region, 'electableSpecs.nodeCount'));
  const shards = (inputs.replicationSpecs as unknown[] | undefined)?.length ?? 1;
  const total = nodes.reduce<number>((sum, count) => sum + (count ?? 0), 0) / Math.max(shards, 1);
  if (regions.length > 0 && total > 0 && ![3, 5, 7].includes(total)) {
    problems.push(
      problem(
        'replicationSpecs',
        `INVALID_NUMBER_OF_ELECTABLE_NODES: a cluster has 3, 5 or 7 electable nodes, not ${total}`,
      ),
    );
  }
  for (const region of regions) {
    const name = text(region, 'regionName');
    const google = text(region, 'providerName') === 'GCP';
    const known = google ? isGoogleRegion(name ?? '') : /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(name ?? '');
    if (name !== undefined && !known) {
      problems.push(
        problem(
          'replicationSpecs',
          `INVALID_REGION: No region ${name} exists for the provider; Atlas writes ${google ? 'CENTRAL_US' : 'US_EAST_1'}`,
        ),
      );
    }
  }
  const priorities = regions.map((region) => number(region, 'priority'));
  if (priorities.length > 0 && priorities.every((value) => value !== undefined) && !priorities.includes(7)) {
    problems.push(
      problem('replicationSpecs', 'INVALID_ATTRIBUTE: the region with the highest priority has priority 7'),
    );
  }
  return problems;
}

function checkScaling(inputs: Bag): Problem[] {
  return regionsOf(inputs).flatMap((region) => {
    const scaling = region.autoScaling;
    if (scaling === undefined || flag(scaling, 'computeEnabled') !== true) return [];
    const most = text(scaling, 'computeMaxInstanceSize');
    const least = text(scaling, 'computeMinInstanceSize');
    const size = text(region, 'electableSpecs.instanceSize');
    if (most === undefined) {
      return [
        problem(
          'replicationSpecs',
          'COMPUTE_AUTO_SCALING_MAX_INSTANCE_SIZE_REQUIRED: computeMaxInstanceSize is required',
        ),
      ];
    }
    if (flag(scaling, 'computeScaleDownEnabled') && least === undefined) {
      return [
        problem(
          'replicationSpecs',
          'COMPUTE_AUTO_SCALING_MIN_INSTANCE_SIZE_REQUIRED: computeMinInstanceSize is required',
        ),
      ];
    }
    const outside =
      size !== undefined &&
      (tierNumber(size) > tierNumber(most) || (least !== undefined && tierNumber(size) < tierNumber(least)));
    if (!outside) return [];
    const reason = `COMPUTE_AUTO_SCALING_INSTANCE_SIZE_OUT_OF_RANGE: ${size} lies outside of ${least ?? 'the lowest'} to ${most}`;
    return [problem('replicationSpecs', reason)];
  });
}

function checkBackup(inputs: Bag): Problem[] {
  if (flag(inputs, 'pitEnabled') !== true || flag(inputs, 'backupEnabled') === true) return [];
  if (inputs.backupEnabled !== undefined && flag(inputs, 'backupEnabled') === undefined) return [];
  return [problem('pitEnabled', 'CONTINUOUS_BACKUP_REQUIRES_CLOUD_BACKUP: pitEnabled needs backupEnabled')];
}

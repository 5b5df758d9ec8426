import type { Cloud } from '../../model/cloud';
import { CloudError } from '../../model/errors';
import { alphanumeric } from '../../model/ids';
import { flag, text } from '../../model/reading';
import type { Bag, Value } from '../../model/values';
import type { StoredResource } from '../../store/record';

/** Deletion protection has to be taken off first, by an update of its own. */
export function refuseProtected(record: StoredResource, what: string): void {
  if (flag(record.inputs, 'deletionProtection') !== true) return;
  const sentence = `Cannot delete protected ${what}, please disable deletion protection and try again.`;
  throw new CloudError('InvalidParameterCombination', sentence);
}

/** A last snapshot, unless the program goes without; its name must be given, and free. */
export function keepFinalSnapshot(record: StoredResource, cloud: Cloud, taken: string): void {
  if (flag(record.inputs, 'skipFinalSnapshot') === true) return;
  const name = text(record.inputs, 'finalSnapshotIdentifier');
  if (name === undefined) {
    const sentence = 'final_snapshot_identifier is required when skip_final_snapshot is false';
    throw new CloudError('InvalidParameterCombination', sentence);
  }
  if (cloud.leftBehind('snapshot', record.type, name)) {
    throw new CloudError(
      taken,
      `Cannot create the snapshot because a snapshot with the identifier ${name} already exists.`,
    );
  }
  cloud.leave({ kind: 'snapshot', type: record.type, name });
}

/** The secret that RDS makes itself where it manages the password. */
export function managedSecret(inputs: Bag, cloud: Cloud, name: string): Value[] {
  if (flag(inputs, 'manageMasterUserPassword') !== true) return [];
  const arn = cloud.arn('secretsmanager', `secret:rds!db-${name}-${alphanumeric(6)}`);
  return [{ kmsKeyId: cloud.arn('kms', 'key/aws-secretsmanager'), secretArn: arn, secretStatus: 'active' }];
}

import { inProd } from '../context';
import { expect, pass } from '../judge';
import { isReplica } from '../relational';
import { isGivenUp } from '../released';
import type { Resource, StackRule } from '../rule';
import { findEach, referredBy, type Stack } from '../stack';
import { holdsLogs } from './buckets';

const key = 'aws:kms/key:Key';
const stores = [
  'aws:elasticache/replicationGroup:ReplicationGroup',
  'aws:rds/instance:Instance',
  'aws:rds/cluster:Cluster',
  'aws:s3/bucket:Bucket',
  'aws:secretsmanager/secret:Secret',
  'mongodbatlas:index/advancedCluster:AdvancedCluster',
  'mongodbatlas:index/project:Project',
  'gcp:memorystore/instance:Instance',
  'gcp:redis/cluster:Cluster',
  'gcp:redis/instance:Instance',
  'gcp:secretmanager/secret:Secret',
  'gcp:sql/databaseInstance:DatabaseInstance',
  'gcp:storage/bucket:Bucket',
  'digitalocean:index/databaseCluster:DatabaseCluster',
  'digitalocean:index/spacesBucket:SpacesBucket',
  'digitalocean:index/volume:Volume',
  'kubernetes:apps/v1:StatefulSet',
  'kubernetes:core/v1:PersistentVolumeClaim',
  'kubernetes:postgresql.cnpg.io/v1:Cluster',
];

export const storesProtected: StackRule = {
  id: 'stores-protected',
  title: 'What holds data in prod is protected',
  why: 'A rename or a slip in configuration would otherwise replace or delete it in the next update.',
  mend: "Create it with Pulumi's option protect: true (safety.protectStores in the plan).",
  severity: 'mandatory',
  controls: [],
  scope: 'stack',
  types: [...stores, key],
  where: inProd,
  check: (stack) =>
    findEach(stack, [...stores, key], (resource) => [
      losable(stack, resource) || isGivenUp(resource, stack.resources)
        ? pass
        : expect(resource.protect, 'protect is not set', 'protect'),
    ]),
};

const secret = 'gcp:secretmanager/secret:Secret';

/** Whether a secret holds what the stack made up for a CDN to check signed URLs with. */
function holdsSigningKey(stack: Stack, resource: Resource): boolean {
  const versions = stack.ofType('gcp:secretmanager/secretVersion:SecretVersion');
  const own = versions.filter((version) => referredBy([version], 'secret', resource) === true);
  const signers = stack.ofType('gcp:compute/backendBucketSignedUrlKey:BackendBucketSignedUrlKey');
  return stack
    .ofType('random:index/randomPassword:RandomPassword')
    .some((made) => referredBy(own, 'secretData', made) === true && referredBy(signers, 'keyValue', made) === true);
}

const buckets = ['aws:s3/bucket:Bucket', 'gcp:storage/bucket:Bucket'];

/** A bucket that only receives logs, a copy of a database, a key that encrypts no store, and one that signs URLs can be made again. */
function losable(stack: Stack, resource: Resource): boolean {
  if (resource.type === 'aws:rds/instance:Instance' && isReplica(resource)) return true;
  if (buckets.includes(resource.type)) return holdsLogs(stack, resource) === true;
  if (resource.type === secret) return holdsSigningKey(stack, resource);
  if (resource.type !== key) return false;
  const holders = stack
    .ofType(...stores, 'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration')
    // A copy can be made again, and so can the key of its region.
    .filter((holder) => !isReplica(holder));
  return ['kmsKeyId', 'rules'].every((property) => referredBy(holders, property, resource) === false);
}

export const protectionRules = [storesProtected];

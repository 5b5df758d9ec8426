import { tagsOf } from '../../context';
import { inspect, pass, unknown } from '../../judge';
import type { Resource, ResourceRule, StackRule } from '../../rule';
import { either, findEach, refersTo, type Stack } from '../../stack';
import { flag, show, UNKNOWN, type Unknown } from '../../values';

export const bucket = ['gcp:storage/bucket:Bucket'];
const common = { severity: 'mandatory', scope: 'resource', types: bucket } as const;

export const uniformAccess: ResourceRule = {
  ...common,
  id: 'gcp-bucket-uniform-access',
  title: 'Access to a bucket is granted by IAM alone',
  why: 'With access lists one object can be open while the bucket looks closed.',
  mend: 'Set uniformBucketLevelAccess to true.',
  controls: ['Checkov CKV_GCP_29', 'CIS GCP 5.2'],
  check: (resource) => [
    inspect(resource, ['uniformBucketLevelAccess'], (on) =>
      flag(on) ? undefined : `uniformBucketLevelAccess is ${show(on)}`,
    ),
  ],
};

export const publicAccess: StackRule = {
  ...common,
  scope: 'stack',
  id: 'gcp-bucket-public-access',
  title: 'A bucket refuses public access, but for the one whose objects a CDN gives to everybody',
  why: 'One grant to allUsers would otherwise open it.',
  mend: "Set publicAccessPrevention to 'enforced'; Cloud CDN alone reads the bucket of a BackendBucket with enableCdn.",
  controls: ['Checkov CKV_GCP_114', 'CIS GCP 5.1'],
  check: (stack) =>
    findEach(stack, bucket, (resource) => {
      const prevention = inspect(resource, ['publicAccessPrevention'], (value) =>
        value === 'enforced' ? undefined : `publicAccessPrevention is ${show(value)}`,
      );
      if (prevention.state !== 'fail') return [prevention];
      const served = servedByCdn(stack, resource);
      return [served === UNKNOWN ? unknown('bucketName') : served ? pass : prevention];
    }),
};

/** Cloud CDN reads a bucket as everybody does, so what it serves without signatures is public. */
export function servedByCdn(stack: Stack, candidate: Resource): boolean | Unknown {
  const served = stack.ofType('gcp:compute/backendBucket:BackendBucket').map((backend): boolean | Unknown => {
    const names = refersTo(backend, 'bucketName', candidate);
    return flag(backend.props.enableCdn) ? names : false;
  });
  return either(...served);
}

export const versioned: ResourceRule = {
  ...common,
  id: 'gcp-bucket-versioning',
  title: 'A bucket that holds data keeps old versions',
  why: 'A file overwritten or deleted by mistake is otherwise gone.',
  mend: 'Set versioning.enabled to true, and a lifecycle rule that removes old versions.',
  controls: ['Checkov CKV_GCP_78'],
  check: (resource) => [
    tagsOf(resource)?.Purpose === 'access-logs'
      ? pass
      : inspect(resource, ['versioning.enabled'], (on) => (flag(on) ? undefined : `versioning.enabled is ${show(on)}`)),
  ],
};

export const gcpStoreRules = [uniformAccess, publicAccess, versioned];

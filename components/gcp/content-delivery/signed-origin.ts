import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { ContentDeliveryArgs, ContentOrigin } from './arguments';

/** A bucket that answers signed URLs alone, and the name of the key that they are signed with. */
export interface SignedOrigin {
  id: pulumi.Output<string>;
  keyName: pulumi.Output<string>;
}

/**
 * A bucket whose objects need a signed URL. Google's own account fills the cache, and only for requests that are rightly
 * signed: for all others the bucket itself refuses.
 *
 * @param keyValue 16 bytes, base64url
 */
export function signedOrigin(
  name: string,
  { bucket, maxAgeSeconds }: ContentOrigin,
  { projectNumber }: ContentDeliveryArgs,
  keyValue: pulumi.Output<string>,
  parent: pulumi.Resource,
): SignedOrigin {
  const backend = new gcp.compute.BackendBucket(
    nameOf('gcp:compute', name),
    {
      bucketName: bucket.name,
      enableCdn: true,
      compressionMode: 'AUTOMATIC',
      cdnPolicy: {
        cacheMode: 'FORCE_CACHE_ALL',
        defaultTtl: maxAgeSeconds,
        clientTtl: maxAgeSeconds,
        signedUrlCacheMaxAgeSec: maxAgeSeconds,
        negativeCaching: true,
      },
    },
    { parent },
  );
  const key = new gcp.compute.BackendBucketSignedUrlKey(
    nameOf('gcp:compute', name),
    { backendBucket: backend.name, keyValue },
    { parent },
  );
  new gcp.storage.BucketIAMMember(
    nameOf('gcp', name, 'reads'),
    {
      bucket: bucket.name,
      role: 'roles/storage.objectViewer',
      member: pulumi.interpolate`serviceAccount:service-${projectNumber}@cloud-cdn-fill.iam.gserviceaccount.com`,
    },
    // Google makes that account with the project's first key.
    { parent, dependsOn: [key] },
  );
  return { id: backend.id, keyName: key.name };
}

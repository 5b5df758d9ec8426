import { problem } from '../../model/errors';
import { flag, text } from '../../model/reading';
import { COMPUTE, google } from '../google';
import { gcp, label, to } from '../parts';

export const backendBucket = google({
  token: gcp('compute', 'BackendBucket'),
  id: 'projects/{project}/global/backendBuckets/{name}',
  links: COMPUTE,
  naming: label(),
  required: ['bucketName'],
  references: [
    to('bucketName', [gcp('storage', 'Bucket')]),
    to('edgeSecurityPolicy', [gcp('compute', 'SecurityPolicy')], true),
  ],
  enumerations: {
    compressionMode: ['AUTOMATIC', 'DISABLED'],
    'cdnPolicy.cacheMode': ['USE_ORIGIN_HEADERS', 'FORCE_CACHE_ALL', 'CACHE_ALL_STATIC'],
  },
  replaceOn: ['name', 'params', 'project'],
  keeps: ['cdnPolicy'],
  computed: ['creationTimestamp'],
  check: (inputs) =>
    flag(inputs, 'enableCdn') !== true && inputs.cdnPolicy !== undefined && inputs.enableCdn === undefined
      ? [problem('cdnPolicy', 'invalid: a CDN policy needs enableCdn')]
      : [],
  make: () => ({ state: { creationTimestamp: new Date().toISOString() } }),
});

/** Proves signed URLs of a backend bucket. The provider sends it once, and shows it never again. */
export const signedUrlKey = google({
  token: gcp('compute', 'BackendBucketSignedUrlKey'),
  id: 'projects/{project}/global/backendBuckets/{backendBucket}/signedUrlKeys/{name}',
  naming: label(),
  required: ['backendBucket', 'keyValue'],
  references: [to('backendBucket', [backendBucket.token])],
  replaceOn: ['backendBucket', 'keyValue', 'name', 'project'],
  secrets: ['keyValue'],
  check: (inputs) => {
    const key = text(inputs, 'keyValue');
    return key !== undefined && !/^[\w-]{22}==$/.test(key)
      ? [problem('keyValue', 'invalid: a key is 128 bits in base64url')]
      : [];
  },
});

import { CloudError } from '../../model/errors';
import { lowerAlphanumeric, upperAlphanumeric } from '../../model/ids';
import { text } from '../../model/reading';
import { google } from '../google';
import { membership } from '../iam/membership';
import { gcp, to, toServiceAccount } from '../parts';
import { bucket } from './bucket';

/** A bucket's role can be given to everybody only where public access is not prevented. */
export const bucketIamMember = membership({
  token: gcp('storage', 'BucketIAMMember'),
  id: 'b/{bucket}/{role}/{member}',
  on: ['bucket'],
  references: [to('bucket', [bucket.token])],
  replaceOn: ['bucket', 'condition', 'member', 'role'],
  make: ({ inputs, cloud }) => {
    const home = cloud.find([bucket.token], text(inputs, 'bucket') ?? '');
    const everybody = ['allUsers', 'allAuthenticatedUsers'].includes(text(inputs, 'member') ?? '');
    if (everybody && text(home?.inputs, 'publicAccessPrevention') === 'enforced') {
      throw new CloudError(
        'conditionNotMet',
        'The member bindings allUsers and allAuthenticatedUsers are not allowed since public access prevention is enforced.',
      );
    }
  },
});

/** A key by which an S3 client, or a balancer, speaks to Cloud Storage as a service account. */
export const hmacKey = google({
  token: gcp('storage', 'HmacKey'),
  id: 'projects/{project}/hmacKeys/{serviceAccountEmail}',
  required: ['serviceAccountEmail'],
  references: [toServiceAccount('serviceAccountEmail')],
  enumerations: { state: ['ACTIVE', 'INACTIVE'] },
  replaceOn: ['project', 'serviceAccountEmail'],
  secrets: ['secret'],
  computed: ['accessId', 'secret', 'timeCreated', 'updated'],
  defaults: { state: 'ACTIVE' },
  make: ({ place }) => {
    const accessId = `GOOG1E${upperAlphanumeric(55)}`;
    const now = new Date().toISOString();
    return {
      id: `projects/${place.project}/hmacKeys/${accessId}`,
      state: { accessId, secret: lowerAlphanumeric(40), timeCreated: now, updated: now },
    };
  },
});

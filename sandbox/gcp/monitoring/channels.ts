import { text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { google } from '../google';
import { numericId } from '../network/network';
import { gcp, shaped } from '../parts';

const channelTypes = [
  'email',
  'slack',
  'pagerduty',
  'webhook_basicauth',
  'webhook_tokenauth',
  'sms',
  'pubsub',
  'google_chat',
  'campfire',
  'hipchat',
];

export const notificationChannel = google({
  token: gcp('monitoring', 'NotificationChannel'),
  id: 'projects/{project}/notificationChannels/{type}',
  required: ['type'],
  enumerations: { type: channelTypes },
  replaceOn: ['project'],
  computed: ['name', 'verificationStatus'],
  inUse: 'FAILED_PRECONDITION',
  defaults: { enabled: true, forceDelete: false },
  check: (inputs) =>
    text(inputs, 'type') === 'email'
      ? shaped((inputs.labels ?? {}) as Bag, 'email_address', /^[^@\s]+@[^@\s]+$/, 'an e-mail address')
      : [],
  make: ({ place }) => {
    const id = `projects/${place.project}/notificationChannels/${numericId()}`;
    return { id, state: { name: id, verificationStatus: '' } };
  },
});

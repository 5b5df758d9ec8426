import { CloudError } from '../../model/errors';
import { text } from '../../model/reading';
import { google } from '../google';
import { gcp, shaped, to } from '../parts';
import { databaseInstance } from './instance';

const ofInstance = { ...to('instance', [databaseInstance.token], true), error: 'instanceDoesNotExist' };

/** A database in an instance. */
export const database = google({
  token: gcp('sql', 'Database'),
  id: 'projects/{project}/instances/{instance}/databases/{name}',
  naming: { property: 'name', max: 63 },
  required: ['instance'],
  references: [{ ...ofInstance, holds: false }],
  replaceOn: ['instance', 'name', 'project'],
  keeps: ['charset', 'collation'],
  links: 'https://sqladmin.googleapis.com/sql/v1beta4/',
  make: ({ inputs, cloud }) => {
    const home = cloud.find([databaseInstance.token], text(inputs, 'instance') ?? '');
    if (home && text(home.inputs, 'masterInstanceName') !== undefined) {
      throw new CloudError('invalid', 'The instance is a read replica: nothing can be created in it');
    }
  },
});

/** A user of an instance. One that is there already gets the new password. */
export const user = google({
  token: gcp('sql', 'User'),
  id: '{name}//{instance}',
  naming: { property: 'name', max: 63 },
  required: ['instance'],
  references: [{ ...ofInstance, holds: false }],
  enumerations: {
    type: ['BUILT_IN', 'CLOUD_IAM_USER', 'CLOUD_IAM_SERVICE_ACCOUNT', 'CLOUD_IAM_GROUP'],
    deletionPolicy: ['ABANDON'],
  },
  replaceOn: ['host', 'instance', 'name', 'project', 'type'],
  secrets: ['password', 'passwordWo'],
  keeps: ['host', 'type'],
  computed: ['iamEmail', 'sqlServerUserDetails'],
  check: (inputs) => shaped(inputs, 'password', /^.{8,}$/, 'a password of 8 characters at least'),
  make: ({ inputs, place }) => {
    const [name, host, instance] = ['name', 'host', 'instance'].map((key) => text(inputs, key) ?? '');
    return {
      id: `${name}/${host}/${instance}`,
      state: { iamEmail: '', project: place.project, sqlServerUserDetails: [] },
    };
  },
});

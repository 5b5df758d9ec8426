import { CloudError, problem } from '../model/errors';
import { text } from '../model/reading';
import type { Bag } from '../model/values';
import { google } from './google';
import { membership } from './iam/membership';
import { gcp, oneOf, to } from './parts';
import { projectNumber } from './place';

/** Secret Manager's limit of one value, in bytes. */
const VALUE_BYTES = 65536;

export const secret = google({
  token: gcp('secretmanager', 'Secret'),
  id: 'projects/{project}/secrets/{secretId}',
  labels: true,
  naming: {
    property: 'secretId',
    max: 255,
    pattern: /^[A-Za-z0-9_-]+$/,
    rule: 'INVALID_ARGUMENT: a secret id holds letters, digits, hyphens and underscores',
  },
  required: ['replication'],
  replaceOn: ['project', 'replication', 'secretId', 'tags'],
  keeps: ['expireTime'],
  computed: ['createTime', 'effectiveAnnotations', 'name'],
  defaults: { deletionProtection: false },
  protection: { flag: 'deletionProtection', byDefault: false },
  check: (inputs) => {
    const wait = text(inputs, 'versionDestroyTtl');
    const wrong = wait !== undefined && !(Number(/^(\d+)s$/.exec(wait)?.[1]) >= 86400);
    return [
      ...oneOf(inputs, ['expireTime', 'ttl'], false),
      ...(wrong
        ? [problem('versionDestroyTtl', `INVALID_ARGUMENT: a delayed destruction takes at least 86400s, got ${wait}`)]
        : []),
    ];
  },
  make: ({ inputs, cloud }) => {
    const name = `projects/${projectNumber(cloud)}/secrets/${text(inputs, 'secretId')}`;
    return { state: { createTime: new Date().toISOString(), name }, actual: { alsoKnownAs: [name] } };
  },
  view: (record) => ({ effectiveAnnotations: record.inputs.annotations ?? {} }),
});

export const secretVersion = google({
  token: gcp('secretmanager', 'SecretVersion'),
  id: '{secret}/versions/1',
  required: ['secret'],
  references: [to('secret', [secret.token])],
  replaceOn: ['isSecretDataBase64', 'project', 'secret', 'secretData', 'secretDataWoVersion'],
  secrets: ['secretData', 'secretDataWo'],
  computed: ['createTime', 'destroyTime', 'name', 'version'],
  defaults: { enabled: true },
  check: (inputs) => {
    const tooLong = Buffer.byteLength(text(inputs, 'secretData') ?? '') > VALUE_BYTES;
    return [
      ...oneOf(inputs, ['secretData', 'secretDataWo']),
      ...(tooLong ? [problem('secretData', `INVALID_ARGUMENT: a value has at most ${VALUE_BYTES} bytes`)] : []),
    ];
  },
  make: ({ inputs, cloud }) => {
    const home = cloud.find([secret.token], text(inputs, 'secret') ?? '');
    if (!home) throw new CloudError('NOT_FOUND', `Secret [${text(inputs, 'secret')}] not found.`);
    const parent = text(home.state, 'name') ?? home.id;
    const before = cloud
      .all(gcp('secretmanager', 'SecretVersion'))
      .filter((other) => other.id.startsWith(`${parent}/versions/`))
      .map((other) => Number(text(other.state, 'version')));
    const version = String(Math.max(0, ...before) + 1);
    const name = `${parent}/versions/${version}`;
    return { id: name, state: { createTime: new Date().toISOString(), destroyTime: '', name, version } };
  },
});

const secretIamMember = membership({
  token: gcp('secretmanager', 'SecretIamMember'),
  id: '{secretId}/{role}/{member}',
  on: ['secretId'],
  references: [to('secretId', [secret.token])],
  replaceOn: ['condition', 'member', 'project', 'role', 'secretId'],
  keeps: ['project'],
  computed: ['project'],
  make: ({ inputs, cloud, place }) => {
    const home = cloud.find([secret.token], text(inputs, 'secretId') ?? '');
    const state: Bag = inputs.project === undefined ? { project: place.project } : {};
    return { id: `${home?.id ?? text(inputs, 'secretId')}/${text(inputs, 'role')}/${text(inputs, 'member')}`, state };
  },
});

export const secretmanager = [secret, secretVersion, secretIamMember];

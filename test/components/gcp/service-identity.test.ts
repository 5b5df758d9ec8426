import * as pulumi from '@pulumi/pulumi';
import { record } from '../../../cli/offline/recorder';
import { imageRepository } from '../../../components/gcp/service-identity/image-registry';
import { ServiceIdentity } from '../../../components/gcp/service-identity/service-identity';
import { all, counts, messageOf, one } from '../recorded';
import { projectId } from './given';

const image = 'us-central1-docker.pkg.dev/other-project/pulse/api:1.4.2';

test('what a service uses, one by one, and nothing of the project', async () => {
  const recording = await record(() => {
    new ServiceIdentity('pulse-prod-api-usc1', {
      projectId,
      displayName: 'API',
      secrets: { MONGO_URL: 'projects/p/secrets/mongo' },
      buckets: { recordings: 'recordings-bucket' },
      caches: { cache: 'projects/p/locations/us-central1/instances/cache' },
      images: [image, image.replace('api', 'worker'), 'ghcr.io/pulse/api:1.4.2'],
    });
  });
  expect(one(recording, 'gcp:serviceaccount/account:Account').inputs).toEqual({
    project: projectId,
    accountId: 'pulse-prod-api-usc1',
    displayName: 'API',
  });
  const member = 'serviceAccount:<unknown:pulse-prod-api-usc1.email>';
  expect(one(recording, 'gcp:secretmanager/secretIamMember:SecretIamMember').inputs).toEqual({
    secretId: 'projects/p/secrets/mongo',
    role: 'roles/secretmanager.secretAccessor',
    member,
  });
  expect(one(recording, 'gcp:storage/bucketIAMMember:BucketIAMMember').inputs).toEqual({
    bucket: 'recordings-bucket',
    role: 'roles/storage.objectUser',
    member,
  });
  expect(one(recording, 'gcp:artifactregistry/repositoryIamMember:RepositoryIamMember').inputs).toEqual({
    project: 'other-project',
    location: 'us-central1',
    repository: 'pulse',
    role: 'roles/artifactregistry.reader',
    member,
  });
  const onProject = all(recording, 'gcp:projects/iAMMember:IAMMember').map(({ inputs }) => inputs);
  expect(onProject.map(({ role }) => role).sort()).toEqual([
    'roles/logging.logWriter',
    'roles/memorystore.dbConnectionUser',
    'roles/monitoring.metricWriter',
  ]);
  expect(onProject.find(({ role }) => role === 'roles/memorystore.dbConnectionUser')!.condition).toEqual({
    title: 'cache alone',
    expression: 'resource.name == "projects/p/locations/us-central1/instances/cache"',
  });
});

test('a job that writes no logs of its own may read its secret and do nothing else', async () => {
  const recording = await record(() => {
    new ServiceIdentity('indexes', { projectId, displayName: 'Job', secrets: { URL: 's' }, writesTelemetry: false });
  });
  expect(counts(recording)).toEqual({
    'stackladder:gcp:ServiceIdentity': 1,
    'gcp:serviceaccount/account:Account': 1,
    'gcp:secretmanager/secretIamMember:SecretIamMember': 1,
  });
});

test.each([
  [
    image,
    { host: 'us-central1-docker.pkg.dev', project: 'other-project', location: 'us-central1', repository: 'pulse' },
  ],
  [
    'europe-docker.pkg.dev/p/r/a/b@sha256:00',
    { host: 'europe-docker.pkg.dev', project: 'p', location: 'europe', repository: 'r' },
  ],
  ['europe-docker.pkg.dev.evil.example/p/r/a', undefined],
  ['x/us-docker.pkg.dev/p/r/a', undefined],
  ['us-docker.pkg.dev/p/r', undefined],
  ['nginx:1.27', undefined],
])('the repository of %s', (reference, repository) => {
  expect(imageRepository(reference)).toEqual(repository);
});

test('all faults in one message', () => {
  const wrong = { projectId, displayName: 'x'.repeat(101) };
  expect(messageOf(() => new ServiceIdentity('api', wrong)).split('\n')).toEqual([
    'ServiceIdentity "api" cannot be created:',
    '  name: "api" must have 6 characters at least',
    '  displayName: must have 100 characters at most',
  ]);
});

test('one grant of a secret that several variables are filled from: Google has no second', async () => {
  const recording = await record(() => {
    const shared = pulumi.output('projects/p/secrets/url');
    const secrets = { DATABASE_URL: shared, READ_URL: shared, OTHER: 'projects/p/secrets/other' };
    new ServiceIdentity('pulse-prod-api-usc1', { projectId, displayName: 'API', secrets });
  });
  const grants = all(recording, 'gcp:secretmanager/secretIamMember:SecretIamMember');
  expect(grants.map(({ name }) => name)).toEqual([
    expect.stringMatching(/^pulse-prod-api-usc1-reads-DATABASE-URL-/),
    'pulse-prod-api-usc1-reads-OTHER',
  ]);
});

import fc from 'fast-check';
import { record } from '../../../cli/offline/recorder';
import { ContentDelivery, type ContentDeliveryArgs } from '../../../components/gcp/content-delivery/content-delivery';
import { keyOf, SigningKey } from '../../../components/gcp/content-delivery/signing-key';
import { ObjectBucket } from '../../../components/gcp/object-store/bucket';
import { all, messageOf, one } from '../recorded';
import { projectId } from './given';

const bucket = (name: string) =>
  new ObjectBucket(name, {
    region: 'us-central1',
    noncurrentVersionDays: 7,
    softDeleteDays: 7,
    emptyOnDelete: false,
    protect: true,
  });
/** Only while a program is recorded: it comes with buckets. */
const given = (): ContentDeliveryArgs => ({
  projectId,
  projectNumber: '4711',
  domain: 'static.pulse.example.com',
  dnsZone: 'example-zone',
  signingKey: new SigningKey('key', { recoveryDays: 30 }),
  origins: [
    { pathPattern: '*', name: 'static', bucket: bucket('static'), maxAgeSeconds: 86_400, signed: false },
    {
      pathPattern: '/recordings/*',
      name: 'recordings',
      bucket: bucket('recordings'),
      maxAgeSeconds: 3_600,
      signed: true,
    },
  ],
});
const made = (change: (args: ContentDeliveryArgs) => ContentDeliveryArgs = (args) => args) =>
  record(() => {
    const content = new ContentDelivery('content', change(given()));
    const { url, signing } = content;
    return signing ? { url, key: signing.keyName, secret: signing.secret.id } : { url };
  });

test('open content is fetched by an account that may read objects and list none', async () => {
  const recording = await made();
  const { inputs } = one(recording, 'gcp:compute/backendService:BackendService');
  expect(inputs).toMatchObject({
    loadBalancingScheme: 'EXTERNAL_MANAGED',
    protocol: 'HTTPS',
    customRequestHeaders: ['host: <unknown:static.name>.storage.googleapis.com'],
    securitySettings: {
      awsV4Authentication: {
        accessKeyId: '<unknown:content.accessId>',
        accessKey: '<secret>',
        originRegion: 'us-central1',
      },
    },
    enableCdn: true,
    cdnPolicy: { cacheMode: 'FORCE_CACHE_ALL', defaultTtl: 86_400, clientTtl: 86_400 },
  });
  expect(one(recording, 'gcp:compute/globalNetworkEndpoint:GlobalNetworkEndpoint').inputs).toMatchObject({
    fqdn: '<unknown:static.name>.storage.googleapis.com',
    port: 443,
  });
  const leave = all(recording, 'gcp:storage/bucketIAMMember:BucketIAMMember').map(({ inputs }) => inputs);
  expect(leave).toContainEqual({
    bucket: '<unknown:static.name>',
    role: 'roles/storage.legacyObjectReader',
    member: 'serviceAccount:<unknown:content.email>',
  });
  // Nobody of the world: not even on the bucket that everybody may see by the CDN.
  expect(JSON.stringify(leave)).not.toContain('allUsers');
});

test('private content needs a signed URL, and only the CDN may read it', async () => {
  const recording = await made();
  const { inputs } = one(recording, 'gcp:compute/backendBucket:BackendBucket');
  expect(inputs).toMatchObject({
    bucketName: '<unknown:recordings.name>',
    enableCdn: true,
    cdnPolicy: { cacheMode: 'FORCE_CACHE_ALL', signedUrlCacheMaxAgeSec: 3_600 },
  });
  expect(one(recording, 'gcp:compute/backendBucketSignedUrlKey:BackendBucketSignedUrlKey').inputs).toEqual({
    backendBucket: '<unknown:content-recordings.name>',
    keyValue: '<secret>',
  });
  const filler = all(recording, 'gcp:storage/bucketIAMMember:BucketIAMMember').find(
    ({ inputs }) => inputs.bucket === '<unknown:recordings.name>',
  );
  expect(filler!.inputs.member).toBe('serviceAccount:service-4711@cloud-cdn-fill.iam.gserviceaccount.com');
  expect(filler!.dependsOn.join()).toContain('backendBucketSignedUrlKey');
});

test('the key is a secret of the stack, and the application learns its name', async () => {
  const recording = await made();
  expect(recording.outputs).toEqual({
    url: 'https://static.pulse.example.com',
    key: '<unknown:content-recordings.name>',
    secret: '<unknown:key-signing-key.id>',
  });
  expect(one(recording, 'gcp:secretmanager/secretVersion:SecretVersion').inputs.secretData).toBe('<secret>');
  // It goes with the delivery: a stack that leaves the cloud keeps its stores and not this.
  const secret = one(recording, 'gcp:secretmanager/secret:Secret');
  expect([secret.protect, secret.inputs.deletionProtection]).toEqual([false, false]);
  // Sixteen bytes, as Cloud CDN wants them.
  expect(one(recording, 'random:index/randomPassword:RandomPassword').inputs).toMatchObject({ length: 16 });
});

test('a key of sixteen characters is 128 bits in base64url, padding included', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 16, maxLength: 16 }), (text) => {
      expect(keyOf(text)).toMatch(/^[\w-]{22}==$/);
      expect(Buffer.from(keyOf(text), 'base64url').toString('latin1')).toBe(text);
    }),
  );
});

test('paths lead to their buckets', async () => {
  const maps = all(await made(), 'gcp:compute/uRLMap:URLMap');
  expect(maps.find(({ name }) => name === 'content')!.inputs).toEqual({
    defaultService: '<unknown:content-static.id>',
    hostRules: [{ hosts: ['*'], pathMatcher: 'content' }],
    pathMatchers: [
      {
        name: 'content',
        defaultService: '<unknown:content-static.id>',
        pathRules: [{ paths: ['/recordings/*'], service: '<unknown:content-recordings.id>' }],
      },
    ],
  });
});

test('without private content nobody hears of the key, and there is no path to match', async () => {
  const recording = await made((args) => ({ ...args, origins: args.origins.slice(0, 1) }));
  expect(recording.outputs).toEqual({ url: 'https://static.pulse.example.com' });
  expect(all(recording, 'gcp:compute/backendBucketSignedUrlKey:BackendBucketSignedUrlKey')).toEqual([]);
  const map = all(recording, 'gcp:compute/uRLMap:URLMap').find(({ name }) => name === 'content');
  expect(map!.inputs).toEqual({ defaultService: '<unknown:content-static.id>' });
});

test('all faults in one message', async () => {
  let message = '';
  await record(() => {
    const { origins, ...rest } = given();
    const wrong = [
      { ...origins[0]!, pathPattern: '/x' },
      { ...origins[1]!, name: 'static', pathPattern: 'recordings', maxAgeSeconds: 0 },
    ];
    message = messageOf(
      () => new ContentDelivery('c', { ...rest, signingKey: undefined, domain: 'X', origins: wrong }),
    );
  });
  expect(message.split('\n')).toEqual([
    'ContentDelivery "c" cannot be created:',
    '  domain: "X" is not a domain name',
    '  origins[0].pathPattern: "/x" is the default and must be "*"',
    '  origins[1].pathPattern: "recordings" must look like /images/*',
    '  origins[1].maxAgeSeconds: 0 must be a whole number from 1 to 31622400',
    '  origins[1].signed: needs signingKey, or everybody could read it',
    '  origins: "static" stands there more than once',
  ]);
});

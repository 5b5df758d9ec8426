import fc from 'fast-check';
import { type StartupOptions, startupScript } from '../../../components/gcp/managed-group/startup-script';
import { messageOf } from '../recorded';
import { filesOf } from './script-files';

const options: StartupOptions = {
  image: 'ghcr.io/pulse/api:1.4.2',
  command: [],
  parts: [],
  port: 8081,
  environment: { PORT: '8081' },
  secrets: { MONGO_URL: 'projects/p/secrets/mongo' },
  trustedCertificates: '',
  drainSeconds: 30,
  readOnlyRootFilesystem: true,
};
const files = (args: Partial<StartupOptions> = {}) => filesOf(startupScript({ ...options, ...args }));
const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,12}$/);
const writable = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .filter((text) => !/(?!\t)[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/u.test(text));

test('the files, and who may read them', () => {
  expect(files().map(({ path, mode }) => [path, mode])).toEqual([
    ['/etc/stackladder/service.env', '0644'],
    ['/etc/stackladder/environment', '0600'],
    ['/usr/local/lib/stackladder/fetch-secrets', '0755'],
    ['/usr/local/lib/stackladder/pull-image', '0755'],
    ['/usr/local/lib/stackladder/run-container', '0755'],
    ['/etc/systemd/system/stackladder.service', '0644'],
  ]);
  expect(startupScript(options)).toContain('\nIMAGE=ghcr.io/pulse/api:1.4.2\n');
});

test('whatever a variable holds arrives as it is', () => {
  fc.assert(
    fc.property(fc.dictionary(name, writable), (environment) => {
      const lines = Object.entries(environment).map(([key, value]) => `${key}=${value}\n`);
      expect(files({ environment })[1]!.content).toBe(lines.join(''));
    }),
  );
});

test('the same options give the same script, and a changed one a different script', () => {
  expect(startupScript(options)).toBe(startupScript({ ...options }));
  expect(startupScript({ ...options, image: 'ghcr.io/pulse/api:1.4.3' })).not.toBe(startupScript(options));
});

test('only an image in Artifact Registry is logged in for', () => {
  const pull = (image: string) => files({ image })[3]!.content;
  expect(pull(options.image)).not.toContain('docker login');
  expect(pull('us-central1-docker.pkg.dev/p/pulse/api:1')).toContain(
    "docker login --username oauth2accesstoken --password-stdin 'https://us-central1-docker.pkg.dev'",
  );
});

test("the container runs with little, and trusts the store's own authority where there is one", () => {
  const usual = files()[4]!.content;
  expect(usual).toContain('--cap-drop ALL --security-opt no-new-privileges');
  expect(usual).toContain('--read-only --tmpfs /tmp');
  expect(usual).toContain('--log-driver gcplogs --log-opt mode=non-blocking');
  expect(usual).not.toContain('SSL_CERT_FILE');
  const trusting = files({ trustedCertificates: 'PEM\n' });
  expect(trusting[2]).toEqual({ path: '/etc/stackladder/trusted.pem', mode: '0644', content: 'PEM\n' });
  expect(trusting[5]!.content).toContain('--volume "$trusted:/etc/ssl/certs/ca-certificates.crt:ro"');
});

test('a script above the limit is refused with its size, and a file that would end itself by its name', () => {
  expect(messageOf(() => startupScript({ ...options, environment: { A: 'x'.repeat(262_144) } }))).toMatch(
    /^the startup script would have \d{6} bytes and Compute Engine takes 262144/,
  );
  expect(messageOf(() => startupScript({ ...options, trustedCertificates: 'a\nEND_OF_FILE\nb\n' }))).toBe(
    '/etc/stackladder/trusted.pem has a line that ends a file: END_OF_FILE',
  );
});

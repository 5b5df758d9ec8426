import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authorityFiles } from '../../../../components/kubernetes/cluster-addons/authority-files';
import { authorityVolumes } from '../../../../components/kubernetes/authorities';

/** Subjects as authorities write them: of a cloud, of a project with odd spaces and letters, of several parts in one. */
const subjects = [
  '/C=US/ST=California/O=Google, Inc/CN=Google Cloud Memorystore Redis Server CA',
  '/O=  Two   Spaces /CN=\u00c4rger und M\u00dcHE',
  '/O=Shop+OU=Ops/emailAddress=Root@Example.COM/CN=CA',
  `/CN=${'long '.repeat(12)}/O=${'wide '.repeat(12)}/OU=${'deep '.repeat(12)}`,
];

let folder: string;
let authorities: string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authorities-'));
  authorities = subjects.map((subject, at) => {
    const [key, cert] = [join(folder, `${at}.key`), join(folder, `${at}.pem`)];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-multivalue-rdn', '-utf8'];
    execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', cert, '-subj', subject, '-days', '2'], {
      stdio: 'pipe',
    });
    return readFileSync(cert, 'utf8');
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

test('each certificate has the name that OpenSSL itself gives it', () => {
  const files = authorityFiles(authorities.join(''));
  const hashes = subjects.map((_, at) =>
    execFileSync('openssl', ['x509', '-noout', '-subject_hash', '-in', join(folder, `${at}.pem`)], {
      encoding: 'utf8',
    }),
  );
  expect(Object.keys(files).sort()).toEqual(['ca.crt', ...hashes.map((hash) => `${hash.trim()}.0`)].sort());
  expect(files['ca.crt']).toBe(authorities.join(''));
});

test('OpenSSL believes an authority that lies in the folder, and without its name it does not', () => {
  const verified = (names: string[]): number | null => {
    const trust = mkdtempSync(join(folder, 'trust-'));
    const files = authorityFiles(authorities.join(''));
    for (const name of names) writeFileSync(join(trust, name), files[name]!);
    const asked = ['verify', '-no-CAfile', '-no-CAstore', '-CApath', trust, join(folder, '0.pem')];
    return spawnSync('openssl', asked, { stdio: 'pipe' }).status;
  };
  expect(verified(Object.keys(authorityFiles(authorities.join(''))))).toBe(0);
  expect(verified(['ca.crt'])).not.toBe(0);
});

test('two authorities of one name are told apart by their number, and one that is there twice is there once', () => {
  const again = join(folder, 'again.pem');
  const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', join(folder, 'again.key'), '-subj', subjects[0]!];
  execFileSync('openssl', ['req', '-x509', ...made, '-out', again, '-days', '2'], { stdio: 'pipe' });
  const first = authorities[0]!;
  const names = Object.keys(authorityFiles(`${first}${readFileSync(again, 'utf8')}${first}`));
  expect(names).toHaveLength(3);
  expect(names.map((name) => name.split('.')[1]).sort()).toEqual(['0', '1', 'crt']);
});

test('what is no certificate is kept as it is, and has no other name', () => {
  const strange = '-----BEGIN CERTIFICATE-----\nTm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n';
  expect(authorityFiles(strange)).toEqual({ 'ca.crt': strange });
});

test('pods have the file by the name of the store, and where there are hashes those too', () => {
  const { volumes } = authorityVolumes({
    cache: { secretName: 'cache-authority', key: 'ca.crt', hashed: true },
    db: { secretName: 'db-ca', key: 'ca.crt' },
  });
  expect(volumes[0]!.projected).toEqual({
    sources: [
      { secret: { name: 'cache-authority', items: [{ key: 'ca.crt', path: 'cache.crt' }] } },
      { secret: { name: 'cache-authority' } },
      { secret: { name: 'db-ca', items: [{ key: 'ca.crt', path: 'db.crt' }] } },
    ],
  });
});

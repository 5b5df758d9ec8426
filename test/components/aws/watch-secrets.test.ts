import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { watchSecrets, watchSecretsPart } from '../../../components/aws/load-balanced-group/watch-secrets';

const arn = (name: string) => `arn:aws:secretsmanager:us-west-2:123456789012:secret:${name}`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watch-'));
  // Stand-ins: the one answers with a version, the others write down what they were told.
  const tool = (name: string, body: string) => {
    writeFileSync(join(folder, name), `#!/bin/bash\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  tool('aws', `echo "aws $*" >>${folder}/calls; [[ "$*" != *"$(cat ${folder}/broken)"* ]] && cat ${folder}/version`);
  tool('systemctl', `echo "systemctl $*" >>${folder}/calls`);
  tool('sleep', ':');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(version: string, broken = 'nothing is broken'): string[] {
  writeFileSync(join(folder, 'version'), `${version}\n`);
  writeFileSync(join(folder, 'calls'), '');
  writeFileSync(join(folder, 'broken'), broken);
  execFileSync('bash', ['-c', watchSecrets([arn('b'), arn('a'), arn('a')])], {
    env: { PATH: `${folder}${delimiter}${process.env.PATH}`, RUNTIME_DIRECTORY: folder },
    stdio: 'ignore',
  });
  return readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
}

test('starts again when a version is another one, once, and never at the first look', () => {
  const look = ['a', 'b'].map(
    (name) =>
      `aws secretsmanager get-secret-value --region us-west-2 --secret-id ${arn(name)} --query VersionId --output text`,
  );
  expect(run('one')).toEqual(look);
  expect(run('one')).toEqual(look);
  expect(run('two')).toEqual([
    ...look,
    'systemctl try-restart stackladder-pooler.service',
    'systemctl try-restart stackladder.service',
  ]);
  expect(run('two')).toEqual(look);
});

test.each(['secret:a', 'secret:b'])('%s that cannot be read starts nothing again', (broken) => {
  run('one');
  expect(() => run('one', broken)).toThrow();
  expect(readFileSync(join(folder, 'calls'), 'utf8')).not.toContain('systemctl');
  expect(run('one').join()).not.toContain('systemctl');
});

test('a restart that is cut short, as a long job may cut it, is not asked for again', () => {
  run('one');
  writeFileSync(join(folder, 'systemctl'), '#!/bin/bash\nexit 1\n');
  expect(() => run('two')).toThrow();
  expect(readFileSync(join(folder, 'versions'), 'utf8')).toBe('two\ntwo\n');
});

test('it keeps versions and no value, and only its timer is started', () => {
  run('one');
  expect(existsSync(join(folder, 'versions'))).toBe(true);
  expect(readFileSync(join(folder, 'versions'), 'utf8')).toBe('one\none\n');
  expect(watchSecretsPart([arn('a')]).units).toEqual(['stackladder-watch-secrets.timer']);
});

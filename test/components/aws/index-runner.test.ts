import * as pulumi from '@pulumi/pulumi';
import { record } from '../../../cli/offline/recorder';
import { indexDocument, MAX_DOCUMENT_BYTES } from '../../../components/aws/index-runner/document';
import { IndexRunner, type IndexRunnerArgs } from '../../../components/aws/index-runner/index-runner';
import { indexShell } from '../../../components/aws/index-runner/shell';
import { indexScript } from '../../../components/atlas/indexes/script';
import { pulse } from '../../../systems/pulse';
import { counts, messageOf, one, parentName } from '../recorded';

const secretArn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:pulse-url-a1B2c3';
const script = indexScript('pulse', pulse.documentDatabase!.indexes);
const args: IndexRunnerArgs = { region: 'us-east-1', script, secretArn, targetGroupName: 'pulse-api' };

test('one command document, and the line that runs it on one instance in service', async () => {
  const recording = await record(() => {
    const runner = new IndexRunner('pulse-prod-indexes-use1', { ...args, tags: { System: 'pulse' } });
    return { command: runner.command, documentName: runner.documentName };
  });
  expect(counts(recording)).toEqual({ 'stackladder:aws:IndexRunner': 1, 'aws:ssm/document:Document': 1 });
  const document = one(recording, 'aws:ssm/document:Document');
  const { content, ...rest } = document.inputs;
  expect(rest).toEqual({
    region: 'us-east-1',
    documentType: 'Command',
    documentFormat: 'JSON',
    targetType: '/AWS::EC2::Instance',
    tags: { System: 'pulse' },
  });
  expect(content).toBe(indexDocument({ script, secretArn, image: 'public.ecr.aws/docker/library/mongo:8.0.17' }));
  expect(parentName(document)).toBe('pulse-prod-indexes-use1');
  expect(recording.outputs.command).toBe(
    `aws ssm send-command --region us-east-1 --document-name ${recording.outputs.documentName} ` +
      '--instance-ids "$(aws autoscaling describe-auto-scaling-groups --region us-east-1 ' +
      '--auto-scaling-group-names pulse-api ' +
      `--query "AutoScalingGroups[0].Instances[?LifecycleState=='InService'].InstanceId | [0]" --output text)"`,
  );
});

test('without a region the command line leaves it to the AWS CLI', async () => {
  const recording = await record(() => {
    const runner = new IndexRunner('i', { ...args, region: undefined, targetGroupName: pulumi.output('g') });
    return { command: runner.command };
  });
  expect(one(recording, 'aws:ssm/document:Document').inputs).not.toHaveProperty('region');
  expect(recording.outputs.command).not.toContain('--region');
});

test('the document carries the script whole, and nothing that SSM would take for a parameter', () => {
  const content = indexDocument({ script: `${script}// {{ secret }} 'quoted' $(id) ü\n`, secretArn, image: 'mongo:8' });
  expect(content).not.toContain('{{');
  const { schemaVersion, mainSteps } = JSON.parse(content);
  expect(schemaVersion).toBe('2.2');
  expect(mainSteps).toHaveLength(1);
  const lines: string[] = mainSteps[0].inputs.runCommand;
  const begin = lines.findIndex((line) => line.startsWith('base64 -d'));
  const encoded = lines.slice(begin + 1, lines.indexOf('END_OF_SCRIPT'));
  expect(Buffer.from(encoded.join(''), 'base64').toString()).toBe(`${script}// {{ secret }} 'quoted' $(id) ü\n`);
  expect(Math.max(...encoded.map((line) => line.length))).toBeLessThanOrEqual(76);
});

test('what stands in quotes cannot leave them', () => {
  expect(indexShell({ script, secretArn: "a'; id; '", image: 'mongo:8' })).toContain(`secret_arn='a'\\''; id; '\\'''`);
});

test('all faults in one message, and nothing is created', async () => {
  let message = '';
  const recording = await record(() => {
    message = messageOf(() => new IndexRunner('i', { ...args, script: '', image: 'mongo:latest' }));
  });
  expect(message.split('\n')).toEqual([
    'IndexRunner "i" cannot be created:',
    '  script: must not be empty',
    '  image: "mongo:latest" must be pinned by a tag other than latest, or by digest',
  ]);
  expect(recording.resources).toEqual([]);
});

test.each([
  ['mongo', false],
  ['registry.example.com:5000/mongo', false],
  ['registry.example.com:5000/mongo:8.0.17', true],
  [`mongo@sha256:${'a'.repeat(64)}`, true],
])('image %s is pinned: %s', async (image, pinned) => {
  let message = '';
  await record(() => {
    message = pinned
      ? String(!new IndexRunner('i', { ...args, image }))
      : messageOf(() => new IndexRunner('i', { ...args, image }));
  });
  expect(message.includes('must be pinned')).toBe(!pinned);
});

test('a script that makes the document too big is refused, with its size', async () => {
  let message = '';
  await record(() => {
    message = messageOf(() => new IndexRunner('i', { ...args, script: 'x'.repeat(50_000) }));
  });
  expect(message).toMatch(
    new RegExp(`script: makes a document of \\d+ bytes; Systems Manager takes ${MAX_DOCUMENT_BYTES}`),
  );
});

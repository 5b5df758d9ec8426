import { execFileSync } from 'node:child_process';
import { record } from '../../../cli/offline/recorder';
import { indexScript } from '../../../components/atlas/indexes/script';
import { IndexRunner, type IndexRunnerArgs } from '../../../components/gcp/index-runner/index-runner';
import { pulse } from '../../../systems/pulse';
import { messageOf, one } from '../recorded';
import { network, projectId } from './given';

const script = indexScript('pulse', pulse.documentDatabase!.indexes);
const given = (args: Partial<IndexRunnerArgs> = {}): IndexRunnerArgs => ({
  projectId,
  region: 'us-central1',
  ...network(),
  script,
  secretId: 'projects/p/secrets/mongo',
  ...args,
});
interface Container {
  image: string;
  commands: string[];
  envs: { name: string; value?: string; valueSource?: unknown }[];
}
const made = () => record(() => ({ command: new IndexRunner('pulse-indexes', given()).command }));

test('a job inside the network that reads the URL from Secret Manager, and the line that runs it', async () => {
  const recording = await made();
  const { inputs } = one(recording, 'gcp:cloudrunv2/job:Job');
  expect(inputs).toMatchObject({ project: projectId, location: 'us-central1', deletionProtection: false });
  const { template } = inputs.template as { template: { containers: Container[] } };
  expect(template).toMatchObject({
    serviceAccount: '<unknown:pulse-indexes.email>',
    maxRetries: 0,
    vpcAccess: {
      egress: 'ALL_TRAFFIC',
      networkInterfaces: [{ network: '<unknown:net.id>', subnetwork: '<unknown:net-usc1.id>' }],
    },
  });
  const [container] = template.containers;
  expect(container!.image).toBe('mongo:8.0.17');
  expect(container!.envs.find(({ name }) => name === 'MONGO_URL')).toEqual({
    name: 'MONGO_URL',
    valueSource: { secretKeyRef: { secret: 'projects/p/secrets/mongo', version: 'latest' } },
  });
  expect(recording.outputs.command).toBe(
    `gcloud run jobs execute <unknown:pulse-indexes.name> --project ${projectId} --region us-central1 --wait`,
  );
});

test("the job's shell hands mongosh the script whole", async () => {
  const { inputs } = one(await made(), 'gcp:cloudrunv2/job:Job');
  const { template } = inputs.template as { template: { containers: Container[] } };
  const { commands, envs } = template.containers[0]!;
  const SCRIPT = envs.find(({ name }) => name === 'SCRIPT')!.value!;
  const [shell, ...rest] = commands;
  // In place of mongosh a shell function that shows what it was given.
  const shown = rest.map((word) => word.replaceAll('exec mongosh', 'cat').replaceAll(/--\w+ /g, ''));
  expect(execFileSync(shell!, shown, { env: { ...process.env, SCRIPT }, encoding: 'utf8' })).toBe(script);
});

test('all faults in one message', async () => {
  let message = '';
  await record(() => {
    message = messageOf(() => new IndexRunner('i', given({ script: ' '.repeat(30_000), image: 'mongo:latest' })));
  });
  expect(message.split('\n')).toEqual([
    'IndexRunner "i" cannot be created:',
    '  script: must not be empty',
    '  script: makes a variable of 40000 bytes; Cloud Run takes 32768',
    '  image: "mongo:latest" must be pinned by a tag other than latest, or by digest',
  ]);
});

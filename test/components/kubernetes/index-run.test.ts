import { record } from '../../../cli/offline/recorder';
import { indexScript } from '../../../components/atlas/indexes/script';
import { IndexRun, type IndexRunArgs } from '../../../components/kubernetes/index-job/index-run';
import { pulse } from '../../../systems/pulse';
import { counts, messageOf, one } from '../recorded';

const script = indexScript('pulse', pulse.documentDatabase!.indexes);
const run: IndexRunArgs = {
  identity: { name: 'pulse-indexes', instance: 'pulse-prod' },
  namespace: 'pulse',
  script,
  url: 'mongodb://canary',
  ports: [27017],
};
const recordRun = (change: Partial<IndexRunArgs> = {}) =>
  record(() => ({ command: new IndexRun('pulse-prod-indexes', { ...run, ...change }).command }));
const jobName = async (change: Partial<IndexRunArgs> = {}) => {
  const { metadata } = one(await recordRun(change), 'kubernetes:batch/v1:Job').inputs;
  return (metadata as { name: string }).name;
};

test('a Job with the script and the URL, and one line that waits for it', async () => {
  const recording = await recordRun();
  expect(counts(recording)).toEqual({
    'stackladder:kubernetes:IndexRun': 1,
    'kubernetes:networking.k8s.io/v1:NetworkPolicy': 1,
    'kubernetes:core/v1:ConfigMap': 1,
    'kubernetes:core/v1:Secret': 1,
    'kubernetes:batch/v1:Job': 1,
  });
  expect(one(recording, 'kubernetes:core/v1:ConfigMap').inputs.data).toEqual({ 'indexes.js': script });
  expect(one(recording, 'kubernetes:core/v1:Secret').inputs.stringData).toBe('<secret>');
  const { metadata } = one(recording, 'kubernetes:batch/v1:Job').inputs;
  // An index build may take hours: `up` does not wait.
  expect(metadata).toMatchObject({ annotations: { 'pulumi.com/skipAwait': 'true' } });
  const name = await jobName();
  expect(recording.outputs.command).toBe(
    `kubectl --namespace pulse wait --for=condition=complete --timeout=12h job/${name} && kubectl --namespace pulse logs job/${name}`,
  );
});

test('another script is another Job; the same one is the same', async () => {
  const name = await jobName();
  expect(name).toMatch(/^pulse-indexes-[0-9a-f]{8}$/);
  expect(await jobName({ url: 'mongodb://rotated' })).toBe(name);
  expect(await jobName({ script: `${script}// more` })).not.toBe(name);
});

test('all faults in one message', () => {
  const wrong = { ...run, script: ' ', ports: [0], image: 'mongo:latest' };
  expect(messageOf(() => new IndexRun('i', wrong)).split('\n')).toHaveLength(4);
});

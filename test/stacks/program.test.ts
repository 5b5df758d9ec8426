import { makeOfflinePlan } from '../../cli/offline/make-plan';

test('every region is told the region of the buckets, which is home', async () => {
  const { resources } = await makeOfflinePlan({
    system: 'pulse',
    phase: 'enterprise',
    cloud: 'aws',
    environment: 'prod',
  });
  const templates = resources.filter(({ type }) => type === 'aws:ec2/launchTemplate:LaunchTemplate');
  const told = templates.map(({ inputs }) =>
    Buffer.from(String(inputs.userData), 'base64')
      .toString()
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /^(AWS|RECORDINGS_BUCKET|STATIC_BUCKET)_REGION=/.test(line))
      .sort(),
  );
  expect(told).toEqual([
    ['AWS_REGION=us-east-1', 'RECORDINGS_BUCKET_REGION=us-east-1', 'STATIC_BUCKET_REGION=us-east-1'],
    ['AWS_REGION=us-west-2', 'RECORDINGS_BUCKET_REGION=us-east-1', 'STATIC_BUCKET_REGION=us-east-1'],
  ]);
});

import * as pulumi from '@pulumi/pulumi';
import { functionAnswers } from '../../cli/offline/function-answers';
import { makeOfflinePlan } from '../../cli/offline/make-plan';
import { record } from '../../cli/offline/recorder';
import { planJourney } from '../../plan/move';
import { bringUp } from '../../stacks/program';
import { pulse } from '../../systems/pulse';
import { settingsOf } from '../plan/given';

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

test('on Google Cloud a stack remembers its cache no sooner than that is as planned in every region', async () => {
  const keys = { cloud: 'gcp', compute: 'instances' };
  const journey = planJourney(pulse, settingsOf({ phase: 'enterprise', environment: 'prod', keys }), {});
  const hidden = () => pulumi.secret('hidden');
  let stores: unknown;
  const { outputs } = await record(
    () => {
      const made = bringUp(journey, { own: hidden, single: hidden });
      ({ stores } = made);
      return made;
    },
    { functions: functionAnswers },
  );
  const awaited = await (stores as { allResources(): Promise<Set<{ __pulumiType: string }>> }).allResources();
  const types = [...awaited].map(({ __pulumiType: type }) => type);
  expect(types).toEqual(Array(2).fill('gcp:memorystore/instance:Instance'));
  expect(outputs.stores).toEqual(journey.memory);
});

import type { ResourceValidationArgs, ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import { policyOf } from '../../policies/crossguard';
import { rules } from '../../policies/rules';
import type { Exemption } from '../../policies/exemptions';

// The policy SDK keeps these out of its types; they are what its server wraps every resource in.
const { unknownCheckingProxy, unknownNumberValue, unknownStringValue } = jest.requireActual<{
  unknownCheckingProxy<T extends object>(props: T): T;
  unknownNumberValue: string;
  unknownStringValue: string;
}>('@pulumi/policy/proxy');

const rule = (id: string) => rules.find((each) => each.id === id)!;
const urn = (type: string, name: string) => `urn:pulumi:prod::stackladder::${type}::${name}`;
const opts = { protect: false, ignoreChanges: [], aliases: [], additionalSecretOutputs: [] } as unknown;

/** A resource as the policy SDK hands it out: behind a proxy that throws on the touch of an unknown value. */
function given(type: string, props: Record<string, unknown>, config: object = {}): ResourceValidationArgs {
  return {
    type,
    name: 'it',
    urn: urn(type, 'it'),
    props: unknownCheckingProxy(props),
    opts,
    getConfig: () => config,
  } as unknown as ResourceValidationArgs;
}

async function messages(id: string, args: ResourceValidationArgs, exemptions: Exemption[] = []): Promise<string[]> {
  const found: string[] = [];
  const policy = policyOf(rule(id), exemptions) as ResourceValidationPolicy;
  const validations = [policy.validateResource!].flat();
  for (const validate of validations) await validate(args, (message) => found.push(message));
  return found;
}

const group = 'aws:autoscaling/group:Group';

test('a violation names the rule, the resource, the value and how to mend it', async () => {
  const [message] = await messages('group-two-replicas', given(group, { minSize: 1, maxSize: 10 }));
  expect(message).toMatch(/^group-two-replicas: it: minSize is 1, at least 2 is needed\. To mend: Set minSize to 2/);
});

test('an unknown value is no violation and no error', async () => {
  expect(await messages('group-two-replicas', given(group, { minSize: unknownNumberValue }))).toEqual([]);
});

test('an unknown value does not hide the failure of a known one', async () => {
  const props = { minSize: 1, maxSize: 10, launchTemplate: { id: unknownStringValue, version: '$Latest' } };
  expect(await messages('group-two-replicas', given(group, props))).toHaveLength(1);
  expect(await messages('group-launch-template', given(group, props))).toHaveLength(1);
});

test('subnets that are not made yet are counted', async () => {
  const subnets = (count: number) => ({ vpcZoneIdentifiers: Array.from({ length: count }, () => unknownStringValue) });
  expect(await messages('group-two-zones', given(group, subnets(2)))).toEqual([]);
  expect(await messages('group-two-zones', given(group, subnets(1)))).toHaveLength(1);
});

test('a policy is silent about other types', async () => {
  expect(await messages('group-two-replicas', given('aws:ec2/vpc:Vpc', { minSize: 1 }))).toEqual([]);
});

const balancer = 'aws:lb/loadBalancer:LoadBalancer';
test.each<[string, Record<string, unknown>, object, number]>([
  ['the tags say dev', { tags: { Environment: 'dev' } }, {}, 0],
  ['the tags say prod', { tags: { Environment: 'prod' } }, {}, 1],
  ['nothing says it, but the name of the stack is prod', {}, {}, 1],
  ['the configuration says dev, whatever the tags say', { tags: { Environment: 'prod' } }, { environment: 'dev' }, 0],
])('strictness: %s', async (_says, props, config, violations) => {
  const args = given(balancer, { enableDeletionProtection: false, ...props }, config);
  expect(await messages('lb-deletion-protection', args)).toHaveLength(violations);
});

test("bounds come from the group's own list of tags", async () => {
  const tags = Object.entries({ System: 'pulse', Phase: 'small', Environment: 'prod' });
  const props = {
    minSize: 2,
    maxSize: 99,
    tags: tags.map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
  };
  expect(await messages('group-bounds', given(group, props))).toEqual([
    expect.stringContaining('maxSize 99 is above 10, the most that small allows'),
  ]);
  expect(await messages('group-bounds', given(group, props, { bounds: { maxInstances: 99 } }))).toEqual([]);
});

describe('the phase of what has no label of its own', () => {
  const labelled = (type: string, name: string, phase: string, ignoreChanges: string[] = []) => ({
    type,
    name,
    urn: urn(type, name),
    props: { labels: { system: 'mercenary', phase, environment: 'prod' } },
    opts: { ...(opts as object), ignoreChanges },
    propertyDependencies: {},
  });
  const scaler = {
    ...labelled('gcp:compute/regionAutoscaler:RegionAutoscaler', 'mercenary-prod-celery-usc1', 'large'),
    props: { autoscalingPolicy: { minReplicas: 5, maxReplicas: 10 } },
  };
  const cache = 'gcp:memorystore/instance:Instance';
  const address = 'gcp:compute/globalAddress:GlobalAddress';

  async function violations(...resources: object[]): Promise<string[]> {
    const found: string[] = [];
    const policy = policyOf(rule('autoscaler-bounds'), []) as StackValidationPolicy;
    const args = { resources, getConfig: () => ({}) } as unknown as Parameters<typeof policy.validateStack>[0];
    await policy.validateStack(args, (message) => found.push(message));
    return found;
  }

  test('is not read from a cache that keeps the label of the phase at which it was made', async () => {
    const kept = labelled(cache, 'cache', 'small', ['labels.phase', 'labels.release']);
    expect(await violations(kept, labelled(address, 'one', 'large'), scaler)).toEqual([]);
  });

  test('is what most resources say, whichever comes first', async () => {
    const [one, other] = ['one', 'other'].map((name) => labelled(address, name, 'large'));
    expect(await violations(labelled(cache, 'cache', 'small'), one!, other!, scaler)).toEqual([]);
    const [small, smaller] = ['one', 'other'].map((name) => labelled(address, name, 'small'));
    expect(await violations(labelled(cache, 'cache', 'large'), small!, smaller!, scaler)).toHaveLength(1);
  });
});

test('an exempted resource is no violation', async () => {
  const exemption = { rule: 'group-two-replicas', resource: 'i*', reason: 'a batch of one, started by hand' };
  expect(await messages('group-two-replicas', given(group, { minSize: 1 }), [exemption])).toEqual([]);
});

describe('over a stack', () => {
  const type = 'aws:s3/bucket:Bucket';
  const block = 'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock';
  const bucket = { type, name: 'data', urn: urn(type, 'data'), props: {}, opts, propertyDependencies: {} };
  const four = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
  const side = (sources: object[]) => ({
    type: block,
    name: 'data',
    urn: urn(block, 'data'),
    props: unknownCheckingProxy({ ...four, bucket: unknownStringValue }),
    opts,
    propertyDependencies: { bucket: sources },
  });

  async function violations(resources: object[]): Promise<[string, string | undefined][]> {
    const found: [string, string | undefined][] = [];
    const policy = policyOf(rule('bucket-public-access-block'), []) as StackValidationPolicy;
    const args = { resources, getConfig: () => ({}) } as unknown as Parameters<typeof policy.validateStack>[0];
    await policy.validateStack(args, (message, about) => found.push([message, about]));
    return found;
  }

  test('what belongs together is known by where a value comes from, also in a preview', async () => {
    expect(await violations([bucket, side([bucket])])).toEqual([]);
  });

  test('a violation is reported on the resource that it is about', async () => {
    expect(await violations([bucket])).toEqual([[expect.stringContaining('no public access block'), bucket.urn]]);
  });
});

test('what an API server filled in is not what the program asked for', async () => {
  const policy = policyOf(rule('k8s-autoscaler-owns-replicas'), []) as StackValidationPolicy & ResourceValidationPolicy;
  const web = { type: 'kubernetes:apps/v1:Deployment', inputs: { metadata: { name: 'web' }, spec: {} } };
  const target = { kind: 'Deployment', name: 'web' };
  const scaler = {
    type: 'kubernetes:autoscaling/v2:HorizontalPodAutoscaler',
    inputs: { metadata: { name: 'web' }, spec: { scaleTargetRef: target, maxReplicas: 4 } },
  };
  const judged = async (inputs: object): Promise<string[]> => {
    const found: string[] = [];
    const all = [{ ...web, inputs }, scaler].map((one) => ({
      ...given(one.type, one.inputs as never),
      propertyDependencies: {},
    }));
    const validate = [policy.validateResource!].flat();
    for (const one of all) for (const each of validate) await each(one, (message) => found.push(message));
    // By then the server has put the count in.
    const made = all.map((one) => ({ ...one, props: { ...one.props, spec: { ...one.props.spec, replicas: 1 } } }));
    const args = { resources: made, getConfig: () => ({}) } as unknown as Parameters<typeof policy.validateStack>[0];
    await policy.validateStack(args, (message) => found.push(message));
    return found;
  };
  expect(await judged(web.inputs)).toEqual([]);
  expect(await judged({ metadata: { name: 'web' }, spec: { replicas: 3 } })).toEqual([
    expect.stringContaining('replicas is 3'),
  ]);
});

test('every rule becomes a policy of its own name and severity', () => {
  for (const each of rules) {
    expect(policyOf(each, [])).toMatchObject({
      name: each.id,
      enforcementLevel: each.severity,
      remediationSteps: each.mend,
    });
  }
});

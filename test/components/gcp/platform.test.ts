import { gcp } from '../../../components/gcp';
import { contextOfPlan } from '../../../cli/commands/print-verdicts';
import { evaluate, messageOf as verdictOf } from '../../../policies/evaluate';
import { environments, phases } from '../../../plan/vocabulary';
import { platformVariables, systemVariables } from '../../../stacks/config/checks/taken-variables';
import { systems } from '../../../systems';
import { all, counts, one } from '../recorded';
import { pulseOnGoogle } from './offline';

jest.mock('../../../components/clouds', () => ({ cloudOf: () => gcp }));

const group = 'gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager';
const template = 'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate';
const cache = 'gcp:memorystore/instance:Instance';
const cluster = 'mongodbatlas:index/advancedCluster:AdvancedCluster';
const stores = [
  cache,
  cluster,
  'mongodbatlas:index/project:Project',
  'gcp:storage/bucket:Bucket',
  'gcp:logging/projectBucketConfig:ProjectBucketConfig',
  'gcp:secretmanager/secret:Secret',
];

test("the guide's numbers at Large", async () => {
  const recording = await pulseOnGoogle('large', 'prod');
  expect(one(recording, template).inputs).toMatchObject({ machineType: 'n1-standard-2', region: 'us-central1' });
  expect(one(recording, 'gcp:compute/regionAutoscaler:RegionAutoscaler').inputs.autoscalingPolicy).toMatchObject({
    minReplicas: 2,
    maxReplicas: 10,
  });
  expect(one(recording, cluster).inputs).toMatchObject({ terminationProtectionEnabled: true, pitEnabled: true });
  expect(recording.outputs).toMatchObject({ cloud: 'gcp', url: `https://${recording.plan.domain.name}` });
});

test('further regions serve from the same balancer, with caches of their own and nodes of the database', async () => {
  const recording = await pulseOnGoogle('enterprise', 'prod');
  const backend = all(recording, 'gcp:compute/backendService:BackendService').find(
    ({ name }) => name === 'pulse-prod-api',
  );
  expect(backend!.inputs.backends).toHaveLength(2);
  expect(all(recording, group).map(({ inputs }) => inputs.region)).toEqual(['us-central1', 'us-west1']);
  expect(all(recording, cache)).toHaveLength(2);
  // One balancer, and what it measures is watched once.
  expect(all(recording, 'gcp:monitoring/alertPolicy:AlertPolicy')).toHaveLength(3);
  expect(recording.outputs.dashboards).toHaveLength(1);
});

test('every store is protected in prod and nothing else is, so that one update can leave the cloud', async () => {
  const { resources } = await pulseOnGoogle('large', 'prod', { signed: true });
  const kept = resources.filter(({ protect }) => protect).map(({ type }) => type);
  expect(new Set(kept)).toEqual(new Set(stores));
  const unprotected = resources.filter(({ type, protect }) => stores.includes(type) && !protect);
  // What only signs URLs goes with what is served.
  expect(unprotected.map(({ name }) => name)).toEqual(['pulse-prod-content-signing-key']);
  const blocking = resources.filter(
    ({ inputs, protect }) => !protect && (inputs.deletionProtection || inputs.deletionProtectionEnabled),
  );
  expect(blocking.map(({ name }) => name)).toEqual([]);
});

test('in dev nothing is protected, and the free database lets in the addresses that stay', async () => {
  const recording = await pulseOnGoogle('small', 'dev');
  expect(recording.resources.filter(({ protect }) => protect)).toEqual([]);
  expect(one(recording, 'mongodbatlas:index/projectIpAccessList:ProjectIpAccessList').inputs).toMatchObject({
    cidrBlock: expect.stringContaining('/32') as string,
  });
  expect(all(recording, 'gcp:compute/forwardingRule:ForwardingRule')).toEqual([]);
});

test('a region that only keeps stores has its network and cache as they were, and serves nothing', async () => {
  const before = await pulseOnGoogle('enterprise', 'prod');
  const after = await pulseOnGoogle('large', 'prod', { reached: 'enterprise' });
  const there = (plan: typeof before, types: RegExp) =>
    plan.resources
      .filter(({ name, type }) => name.includes('usw1') && types.test(type))
      .map(({ urn, inputs }) => [urn, withoutPhase(inputs)]);
  const kept = /Subnetwork|Address$|Router|ServiceConnectionPolicy|memorystore|ForwardingRule$|privateLink/;
  expect(there(after, kept)).toEqual(there(before, kept));
  expect(there(after, /InstanceGroupManager|Firewall|Autoscaler/)).toEqual([]);
});

test('clusters get the same stores, and a record leads to the nearest of their edges', async () => {
  const instances = await pulseOnGoogle('enterprise', 'prod');
  const pods = await pulseOnGoogle('enterprise', 'prod', { compute: 'kubernetes' });
  const urns = (plan: typeof instances) =>
    plan.resources.filter(({ type }) => stores.includes(type)).map(({ urn }) => urn);
  expect(urns(pods)).toEqual(urns(instances));
  const record = all(pods, 'gcp:dns/recordSet:RecordSet').find(({ name }) => name === 'pulse-prod-api');
  expect(record!.inputs.routingPolicy).toMatchObject({ geos: [{ location: 'us-central1' }, { location: 'us-west1' }] });
  expect(all(pods, group)).toEqual([]);
});

test.each(phases.flatMap((phase) => environments.map((environment) => [phase, environment] as const)))(
  '%s in %s breaks no policy',
  async (phase, environment) => {
    const { resources, plan } = await pulseOnGoogle(phase, environment, { signed: true });
    const broken = evaluate(resources, contextOfPlan(plan)).filter(
      ({ state, severity }) => state === 'fail' && severity === 'mandatory',
    );
    expect(broken.map(verdictOf)).toEqual([]);
  },
);

test('a database that is there already is read by its secret, and none is made', async () => {
  const recording = await pulseOnGoogle('small', 'prod', {
    account: { databaseSecretId: 'projects/example-project-123/secrets/mongo' },
  });
  expect(counts(recording)).not.toHaveProperty([cluster]);
  const members = all(recording, 'gcp:secretmanager/secretIamMember:SecretIamMember').map(
    ({ inputs }) => inputs.secretId,
  );
  expect(members).toContain('projects/example-project-123/secrets/mongo');
});

test('private content: the application gets the key, and the outputs say how', async () => {
  const recording = await pulseOnGoogle('large', 'prod', { signed: true });
  const script = (one(recording, template).inputs.metadata as Record<string, string>)['startup-script']!;
  expect(script).toContain("fetch 'CONTENT_SIGNING_KEY' '<unknown:pulse-prod-content-signing-key.id>'");
  expect(script).toContain('\nCONTENT_SIGNING_KEY_NAME=<unknown:pulse-prod-content-recordings.name>\n');
  expect(recording.outputs.notices).toContainEqual(expect.stringContaining('CONTENT_SIGNING_KEY'));
});

test('the configuration knows every variable that an instance is given, so that nothing sets one twice', async () => {
  const recording = await pulseOnGoogle('large', 'prod', { signed: true });
  const script = (one(recording, template).inputs.metadata as Record<string, string>)['startup-script']!;
  const plain = /'\/etc\/stackladder\/environment' <<'END_OF_FILE'\n([^]*?)END_OF_FILE/.exec(script)![1]!;
  const given = [...plain.matchAll(/^(\w+)=/gm), ...script.matchAll(/^fetch '(\w+)'/gm)].map(([, name]) => name!);
  const system = systems.pulse!;
  const known = system.services.flatMap((needs) => [...systemVariables(needs), ...Object.values(needs.connections)]);
  expect(given).toContain('CONTENT_SIGNING_KEY');
  expect(given.filter((name) => ![...known, ...platformVariables(system, 'gcp', true)].includes(name))).toEqual([]);
});

test('without a zone and a billing account there are no records and no budget, and the outputs say so', async () => {
  const recording = await pulseOnGoogle('small', 'prod', {
    account: { dnsZone: undefined, billingAccountId: undefined },
  });
  const made = counts(recording);
  expect(made).not.toHaveProperty(['gcp:dns/recordSet:RecordSet']);
  expect(made).not.toHaveProperty(['gcp:billing/budget:Budget']);
  expect(recording.outputs.notices).toEqual(
    expect.arrayContaining([expect.stringContaining('There is no budget'), expect.stringContaining('DNS:')]),
  );
});

test('alerts tell everybody; the budget tells as many as Google lets it, and the outputs name the others', async () => {
  const alertEmails = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `${name}@example.com`);
  const recording = await pulseOnGoogle('small', 'prod', { alertEmails });
  const { allUpdatesRule } = one(recording, 'gcp:billing/budget:Budget').inputs;
  expect((allUpdatesRule as { monitoringNotificationChannels: string[] }).monitoringNotificationChannels).toHaveLength(
    5,
  );
  const policies = all(recording, 'gcp:monitoring/alertPolicy:AlertPolicy');
  expect(policies.map(({ inputs }) => (inputs.notificationChannels as string[]).length)).toEqual([7, 7, 7]);
  expect(recording.outputs.notices).toContainEqual(expect.stringContaining('Not told: f@example.com, g@example.com.'));
});

/** Labels name the phase that the stack is at; it may differ, and changes nothing. */
function withoutPhase(inputs: Record<string, unknown>): Record<string, unknown> {
  const labels = Object.entries((inputs.labels ?? {}) as Record<string, unknown>);
  return { ...inputs, labels: Object.fromEntries(labels.filter(([key]) => key !== 'phase')) };
}

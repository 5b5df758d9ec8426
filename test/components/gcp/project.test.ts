import { record } from '../../../cli/offline/recorder';
import { MonthlyBudget } from '../../../components/gcp/budget/monthly-budget';
import { LogArchive } from '../../../components/gcp/logging/log-archive';
import { apis, EnabledApis } from '../../../components/gcp/project/enabled-apis';
import { all, messageOf, one } from '../recorded';
import { projectId } from './given';

const budget = {
  billingAccountId: '012345-6789AB-CDEF01',
  projectNumber: '4711',
  monthlyUsd: 399.5,
  alertPercents: [80, 100],
  channelIds: ['channels/1'],
};
const archive = { projectId, region: 'us-central1', prefix: 'pulse-prod', retentionDays: 90, protect: true };

test("a budget of the project's costs, told when it is spent and when it is going to be", async () => {
  const recording = await record(() => void new MonthlyBudget('pulse-prod-budget', budget));
  expect(one(recording, 'gcp:billing/budget:Budget').inputs).toEqual({
    billingAccount: '012345-6789AB-CDEF01',
    displayName: 'pulse-prod-budget',
    amount: { specifiedAmount: { currencyCode: 'USD', units: '400' } },
    budgetFilter: { projects: ['projects/4711'], calendarPeriod: 'MONTH' },
    thresholdRules: [
      { thresholdPercent: 0.8, spendBasis: 'CURRENT_SPEND' },
      { thresholdPercent: 1, spendBasis: 'CURRENT_SPEND' },
      { thresholdPercent: 1, spendBasis: 'FORECASTED_SPEND' },
    ],
    allUpdatesRule: { monitoringNotificationChannels: ['channels/1'] },
  });
});

test('with nobody to tell, the budget tells the administrators alone', async () => {
  const recording = await record(() => void new MonthlyBudget('b', { ...budget, channelIds: [] }));
  expect(one(recording, 'gcp:billing/budget:Budget').inputs).not.toHaveProperty('allUpdatesRule');
});

test('logs of the stack alone are kept for as long as it says, and nowhere else', async () => {
  const recording = await record(() => void new LogArchive('pulse-prod-logs', archive));
  const bucket = one(recording, 'gcp:logging/projectBucketConfig:ProjectBucketConfig');
  expect(bucket.protect).toBe(true);
  expect(bucket.inputs).toMatchObject({ location: 'us-central1', retentionDays: 90 });
  // Google keeps the id of a deleted bucket for a week, in which the stack may come back.
  const ending = one(recording, 'random:index/randomId:RandomId');
  expect(bucket.inputs.bucketId).toBe(`pulse-prod-logs-<unknown:${ending.name}.hex>`);
  const sink = one(recording, 'gcp:logging/projectSink:ProjectSink');
  expect(sink.inputs.destination).toBe('logging.googleapis.com/<unknown:pulse-prod-logs.id>');
  const filter = sink.inputs.filter as string;
  expect(filter).toContain('(resource.type="gce_subnetwork" AND resource.labels.subnetwork_name=~"^pulse-prod-")');
  expect(filter).toContain('(log_id("gcplogs-docker-driver") AND jsonPayload.instance.name=~"^pulse-prod-")');
  const exclusion = one(recording, 'gcp:logging/projectExclusion:ProjectExclusion');
  expect(exclusion.inputs.filter).toBe(filter);
  expect(exclusion.dependsOn).toContain(sink.urn);
});

test('the APIs are switched on and stay on', async () => {
  const recording = await record(() => void new EnabledApis('apis', { projectId }));
  const services = all(recording, 'gcp:projects/service:Service').map(({ inputs }) => inputs);
  expect(services.map(({ service }) => service).sort()).toEqual([...apis].sort());
  for (const { project, disableOnDestroy } of services) expect([project, disableOnDestroy]).toEqual([projectId, false]);
});

test('all faults in one message', () => {
  const wrong = {
    billingAccountId: '1',
    projectNumber: '4711',
    monthlyUsd: 0,
    alertPercents: [0, 50, 50],
    channelIds: Array<string>(6).fill('c'),
  };
  expect(messageOf(() => new MonthlyBudget('b', wrong)).split('\n')).toEqual([
    'MonthlyBudget "b" cannot be created:',
    '  billingAccountId: "1" must look like 012345-6789AB-CDEF01',
    '  monthlyUsd: 0 must be above 0',
    '  alertPercents[0]: 0 must be above 0 and at most 1000',
    '  alertPercents: "50" stands there more than once',
    '  channelIds: Google takes 5 channels at most',
  ]);
  expect(messageOf(() => new LogArchive('l', { ...archive, retentionDays: 0, prefix: 'P.*' })).split('\n')).toEqual([
    'LogArchive "l" cannot be created:',
    '  retentionDays: 0 must be a whole number from 1 to 3650',
    '  prefix: "P.*" must be small letters, digits and hyphens',
  ]);
});

import { record } from '../../../cli/offline/recorder';
import { OffHours, type OffHoursArgs } from '../../../components/kubernetes/off-hours/off-hours';
import { schedulesOf } from '../../../components/kubernetes/off-hours/schedules';
import { all, counts, messageOf, one } from '../recorded';

const offHours: OffHoursArgs = {
  identity: { name: 'off-hours', instance: 'sv-sdk-dev' },
  namespace: 'sv-sdk-dev',
  hours: { timezone: 'Europe/Berlin', from: '07:00', to: '20:30', days: [1, 2, 3, 4, 5] },
  deployments: ['app', 'email-worker'],
};
const recordOffHours = () => record(() => void new OffHours('sv-sdk-dev-off-hours', offHours));

test('schedules as cron has them, Sunday first', () => {
  expect(schedulesOf(offHours.hours)).toEqual({
    timeZone: 'Europe/Berlin',
    wake: '0 7 * * 1,2,3,4,5',
    rest: '30 20 * * 1,2,3,4,5',
  });
  expect(schedulesOf({ ...offHours.hours, days: [7, 6] }).wake).toBe('0 7 * * 0,6');
});

test('two jobs in the plan’s time zone, and the rights to scale these Deployments alone', async () => {
  const recording = await recordOffHours();
  expect(counts(recording)).toEqual({
    'stackladder:kubernetes:OffHours': 1,
    'kubernetes:core/v1:ServiceAccount': 1,
    'kubernetes:networking.k8s.io/v1:NetworkPolicy': 1,
    'kubernetes:rbac.authorization.k8s.io/v1:Role': 1,
    'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding': 1,
    'kubernetes:batch/v1:CronJob': 2,
  });
  expect(one(recording, 'kubernetes:rbac.authorization.k8s.io/v1:Role').inputs.rules).toEqual([
    { apiGroups: ['apps'], resources: ['deployments'], resourceNames: offHours.deployments, verbs: ['get'] },
    {
      apiGroups: ['apps'],
      resources: ['deployments/scale'],
      resourceNames: offHours.deployments,
      verbs: ['get', 'patch', 'update'],
    },
  ]);
  const said = all(recording, 'kubernetes:batch/v1:CronJob').map(({ inputs }) => {
    const { schedule, timeZone, jobTemplate } = inputs.spec as {
      schedule: string;
      timeZone: string;
      jobTemplate: { spec: { template: { spec: { containers: { args: string[] }[] } } } };
    };
    return [schedule, timeZone, jobTemplate.spec.template.spec.containers[0]!.args.join(' ')];
  });
  expect(said).toEqual([
    ['30 20 * * 1,2,3,4,5', 'Europe/Berlin', 'scale --replicas=0 deployment/app deployment/email-worker'],
    ['0 7 * * 1,2,3,4,5', 'Europe/Berlin', 'scale --replicas=1 deployment/app deployment/email-worker'],
  ]);
});

test('all faults in one message', () => {
  const wrong: OffHoursArgs = {
    ...offHours,
    image: 'kubectl',
    deployments: ['app', 'app'],
    hours: { timezone: 'Middle/Earth', from: '7:00', to: '06:60', days: [0, 8] },
  };
  expect(
    messageOf(() => new OffHours('o', wrong))
      .split('\n')
      .slice(1),
  ).toEqual([
    '  image: "kubectl" must be pinned by a tag other than latest, or by digest',
    '  deployments: "app" stands there more than once',
    '  hours.timezone: "Middle/Earth" is no name of the time zone database',
    '  hours.from: "7:00" must look like 07:00',
    '  hours.to: "06:60" must look like 20:00',
    '  hours.to: 06:60 must come after 7:00: work ends on the day that it begins',
    '  hours.days[0]: 0 must be 1 (Monday) to 7 (Sunday)',
    '  hours.days[1]: 8 must be 1 (Monday) to 7 (Sunday)',
  ]);
  const none = { ...offHours, deployments: [], hours: { ...offHours.hours, days: [] } };
  expect(
    messageOf(() => new OffHours('o', none))
      .split('\n')
      .slice(1),
  ).toEqual(['  deployments: there is nothing that rests', '  hours.days: name a day of work at least']);
});

import fc from 'fast-check';
import { nextBests } from '../../../../components/aws/next-bests';
import { DatabaseHours, cronOf } from '../../../../components/aws/relational/off-hours';
import { backupWindow, maintenanceWindow, windowsMeet } from '../../../../components/aws/relational/windows';
import { record } from '../../../../cli/offline/recorder';
import type { Plan, RelationalDatabasePlan } from '../../../../plan/types';
import { all } from '../../recorded';
import { enterprise, small } from './given';

describe('windows', () => {
  test('half an hour of backups, over midnight too', () => {
    expect(backupWindow('03:00')).toBe('03:00-03:30');
    expect(backupWindow('23:45')).toBe('23:45-00:15');
  });

  test.each([
    [{ day: 7, startsAt: '04:30', hours: 1 }, 'sun:04:30-sun:05:30'],
    [{ day: 7, startsAt: '23:30', hours: 1 }, 'sun:23:30-mon:00:30'],
    [{ day: 3, startsAt: '00:00', hours: 24 }, 'wed:00:00-thu:00:00'],
  ])('maintenance %j is %s', (plan, window) => {
    expect(maintenanceWindow(plan)).toBe(window);
  });

  test('they meet exactly where they have a minute in common', () => {
    const clock = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
    fc.assert(
      fc.property(clock, clock, fc.integer({ min: 1, max: 24 }), (backup, startsAt, hours) => {
        const minute = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
        const busy = new Set(Array.from({ length: 30 }, (_, at) => (minute(backup) + at) % 1440));
        const common = Array.from({ length: hours * 60 }, (_, at) => (minute(startsAt) + at) % 1440).some((m) =>
          busy.has(m),
        );
        expect(windowsMeet(backupWindow(backup), maintenanceWindow({ day: 2, startsAt, hours }))).toBe(common);
      }),
      { numRuns: 300 },
    );
  });
});

describe('off-hours', () => {
  const hours = { timezone: 'Europe/Berlin', from: '07:30', to: '20:00', days: [1, 2, 3, 4, 5] };

  test('cron as EventBridge Scheduler writes it', () => {
    expect(cronOf('07:30', hours.days)).toBe('cron(30 7 ? * MON,TUE,WED,THU,FRI *)');
  });

  test.each([
    ['instance', 'DBInstance', 'DbInstanceIdentifier'],
    ['cluster', 'DBCluster', 'DbClusterIdentifier'],
  ] as const)('an %s starts and stops, and that is all the role may do', async (kind, what, key) => {
    const recording = await record(() => {
      new DatabaseHours('hours', { region: 'us-east-1', kind, identifier: 'shop', arn: 'arn:shop', hours });
    });
    const schedules = all(recording, 'aws:scheduler/schedule:Schedule').map(({ inputs }) => inputs);
    expect(
      schedules.map(({ scheduleExpression, target }) => [scheduleExpression, (target as { arn: string }).arn]),
    ).toEqual([
      ['cron(30 7 ? * MON,TUE,WED,THU,FRI *)', `arn:aws:scheduler:::aws-sdk:rds:start${what}`],
      ['cron(0 20 ? * MON,TUE,WED,THU,FRI *)', `arn:aws:scheduler:::aws-sdk:rds:stop${what}`],
    ]);
    expect(schedules[0]).toMatchObject({
      scheduleExpressionTimezone: 'Europe/Berlin',
      target: { input: JSON.stringify({ [key]: 'shop' }) },
    });
    const [policy] = all(recording, 'aws:iam/rolePolicy:RolePolicy');
    expect(JSON.parse(policy!.inputs.policy as string)).toMatchObject({
      Statement: [{ Action: [`rds:Start${what}`, `rds:Stop${what}`], Resource: ['arn:shop'] }],
    });
  });
});

describe('next bests', () => {
  const regions = [
    { name: 'us-east-1', home: true, serves: true },
    { name: 'us-west-2', home: false, serves: true },
  ];
  const said = (database: Partial<RelationalDatabasePlan>, more: object = {}): string =>
    nextBests({
      compute: 'instances',
      services: [],
      workers: [],
      regions,
      relationalDatabase: { ...small, host: 'rds', existing: false, ...database },
      ...more,
    } as unknown as Plan).join('\n');

  test('RDS says what grows its storage, and with readers what it goes without', () => {
    expect(said({})).toMatch(/margin of 20 % is an alarm, and 100 GiB/);
    expect(said({})).toMatch(/in place, with a restart[\s\S]*blue\/green deployment by hand/);
    expect(said({ blueGreen: false })).not.toMatch(/blue\/green|stops no instance/);
    const offHours = { offHours: { timezone: 'UTC', from: '08:00', to: '18:00', days: [1] } };
    expect(said({ replicas: enterprise.replicas }, offHours)).toMatch(/stops no instance/);
    const left = regions.map((region) => ({ ...region, serves: region.home }));
    const away = { ...enterprise.replicas, min: 0, max: 0, perFurtherRegion: 1 };
    expect(said({ replicas: away }, { ...offHours, regions: left })).toMatch(/stops no instance/);
    expect(said({ replicas: away }, { ...offHours, regions: left.slice(0, 1) })).not.toMatch(/stops no instance/);
  });

  test('Aurora says where the other regions read', () => {
    expect(said({ host: 'aurora' })).toMatch(/services of us-west-2 read and write at home/);
    expect(said({ host: 'aurora' }, { regions: regions.slice(0, 1) })).not.toMatch(/us-west-2/);
  });

  test('an import says that its password comes with the next update; what is there already says nothing', () => {
    expect(said({ adopted: { id: 'old', imported: false } })).toMatch(/old is imported as it is/);
    expect(said({ existing: true })).toBe('');
  });
});

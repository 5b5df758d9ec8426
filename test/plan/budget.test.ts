import fc from 'fast-check';
import { arithmeticOf, budgetOf, fits, type ConnectionWish } from '../../plan/connections/budget';
import { limitOf, memoryGib } from '../../plan/connections/limits';
import { reservedOf } from '../../plan/connections/share';

const limit = (connections: number) => ({ connections, from: 'a test' });
const wish = (instances: number, wanted: number, least = wanted): ConnectionWish => ({
  name: 'api',
  instances,
  wanted,
  least,
  pooled: least < wanted,
});

describe('what a database accepts', () => {
  test.each([
    ['rds', 'postgres', 'db.t3.micro', 112],
    ['rds', 'postgres', 'db.t3.small', 225],
    ['rds', 'postgres', 'db.t3.medium', 450],
    ['rds', 'postgres', 'db.m5.large', 901],
    ['rds', 'postgres', 'db.r5.4xlarge', 5_000],
    ['rds', 'mysql', 'db.m5.large', 682],
    ['aurora', 'postgres', 'db.r5.large', 1_802],
    ['aurora', 'postgres', 'db.r6g.large', 1_802],
    ['cloud-sql', 'postgres', 'db-custom-2-8192', 901],
    ['cloud-sql', 'postgres', 'db-perf-optimized-N-2', 1_802],
    ['digitalocean', 'postgres', 'db-s-1vcpu-1gb', 22],
    ['digitalocean', 'postgres', 'db-s-2vcpu-4gb', 97],
    ['digitalocean', 'postgres', 'db-s-16vcpu-64gb', 997],
    ['operator', 'postgres', '500m/512Mi', 56],
    ['operator', 'postgres', '2000m/8Gi', 901],
  ] as const)('%s, %s, %s: %i', (host, engine, name, connections) => {
    expect(limitOf(host, engine, name)?.connections).toBe(connections);
  });

  test.each([
    ['rds', 'db.z1d.large'],
    ['rds', 't3.small'],
    ['rds', 'db.t3.gigantic'],
    ['cloud-sql', 'n1-standard-2'],
    ['digitalocean', 'M10'],
    ['operator', '2 vCPU'],
  ] as const)('of %s and %s nothing is known', (host, name) => {
    expect(memoryGib(host, name)).toBeUndefined();
    expect(limitOf(host, 'postgres', name)).toBeUndefined();
  });
});

describe('a budget', () => {
  test('of 25 connections on each of 10 instances is more than a db.t3.small accepts, and says the arithmetic', () => {
    const budget = budgetOf('db.t3.small', limitOf('rds', 'postgres', 'db.t3.small')!, [wish(10, 25)]);
    expect(fits(budget)).toBe(false);
    expect(arithmeticOf(budget)).toBe(
      'api 10 x 25 = 250; together 250, and applications may have 180: db.t3.small accepts 225 ' +
        '(2 GiB / 9531392 bytes), of which 45 are kept for replication, monitoring and people',
    );
  });

  test.each([
    // limit, wishes, each
    [225, [wish(10, 25, 5)], [18]],
    [225, [wish(3, 20, 5), wish(20, 5, 1)], [20, 5]],
    [97, [wish(3, 20, 5), wish(20, 5, 1), wish(3, 5, 1)], [8, 2, 2]],
    // What cannot be fitted comes first; the rest is shared.
    [225, [wish(10, 10), wish(10, 25, 5)], [10, 8]],
  ])('of %i connections is shared by what gives way', (connections, wishes, each) => {
    const budget = budgetOf('a database', limit(connections), wishes);
    expect(fits(budget)).toBe(true);
    expect(budget.users.map((user) => user.each)).toEqual(each);
  });

  const whole = fc.integer({ min: 1, max: 500 });
  const anyWish = fc
    .tuple(whole, whole, whole)
    .map(([instances, a, b]) => wish(instances, Math.max(a, b), Math.min(a, b)));

  test('never gives more than is wanted nor less than the least, and adds up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 20_000 }), fc.array(anyWish, { maxLength: 5 }), (connections, wishes) => {
        const budget = budgetOf('a database', limit(connections), wishes);
        budget.users.forEach(({ each }, at) => {
          expect(each).toBeLessThanOrEqual(wishes[at]!.wanted);
          expect(each).toBeGreaterThanOrEqual(wishes[at]!.least);
        });
        expect(budget.total).toBe(budget.users.reduce((sum, { instances, each }) => sum + instances * each, 0));
        expect(fits(budget)).toBe(budget.total <= connections - budget.reserved);
      }),
    );
  });

  test('fits wherever the least of all fits and no share had to be rounded up to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 20_000 }), whole, whole, (connections, instances, wanted) => {
        const room = connections - reservedOf(connections);
        const budget = budgetOf('a database', limit(connections), [wish(instances, wanted, Math.min(1, wanted))]);
        expect(fits(budget)).toBe(instances <= room);
      }),
    );
  });
});

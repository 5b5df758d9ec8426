import fc from 'fast-check';
import { limitOf } from '../../../plan/connections/limits';
import { allSizes } from '../../../plan/sizes';
import { relationalHosts, sqlEngines, type RelationalHost } from '../../../plan/vocabulary';
import { relationalForms } from '../../../stacks/config/checks/forms-by-cloud';
import { relationalAbilities } from '../../../stacks/config/checks/relational-hosts';
import * as form from '../../../stacks/config/forms';
import { systems } from '../../../systems';

const all = Object.values(systems);

describe('sizes of relational databases', () => {
  test.each<[RelationalHost, string, boolean]>([
    ['rds', 'db.t3.small', true],
    ['rds', 'db.m5.large', true],
    ['rds', 'db.r6gd.16xlarge', true],
    ['rds', 'db.t4g.2xlarge', true],
    ['rds', 'db.m6idn.xlarge', true],
    ['rds', 'db.x2iedn.32xlarge', true],
    ['rds', 'db.t2.small', false],
    ['rds', 'db.m4.large', false],
    ['rds', 'db.r4.large', false],
    ['rds', 'db.z1d.large', false],
    ['rds', 'db.m5.small', false],
    ['rds', 'db.t3.4xlarge', false],
    ['rds', 'db.t3', false],
    ['rds', 't3.small', false],
    ['rds', 'cache.t3.small', false],
    ['rds', 'db.serverless', false],
    ['aurora', 'db.t3.medium', true],
    ['aurora', 'db.t4g.large', true],
    ['aurora', 'db.r5.large', true],
    ['aurora', 'db.x2g.xlarge', true],
    ['aurora', 'db.t3.small', false],
    ['aurora', 'db.m5.large', false],
    ['cloud-sql', 'db-g1-small', true],
    ['cloud-sql', 'db-custom-1-3840', true],
    ['cloud-sql', 'db-custom-2-8192', true],
    ['cloud-sql', 'db-custom-96-638976', true],
    ['cloud-sql', 'db-perf-optimized-N-8', true],
    ['cloud-sql', 'db-custom-1-3584', false], // less than 3.75 GB
    ['cloud-sql', 'db-custom-2-14080', false], // more than 6.5 GB a core
    ['cloud-sql', 'db-custom-8-7168', false], // less than 0.9 GB a core
    ['cloud-sql', 'db-custom-2-8000', false],
    ['cloud-sql', 'db-custom-3-8192', false],
    ['cloud-sql', 'db-perf-optimized-N-3', false],
    ['cloud-sql', 'db-n1-standard-2', false],
    ['digitalocean', 'db-s-2vcpu-4gb', true],
    ['digitalocean', 'so1_5-2vcpu-16gb', true],
    ['digitalocean', 's-2vcpu-4gb', false],
    ['operator', '1000m/2Gi', true],
    ['operator', '2/8Gi', true],
    ['operator', '2/8G', false],
  ])('%s: %s is one: %s', (host, name, is) => expect(relationalForms[host].fits(name)).toBe(is));

  test.each(relationalHosts)('those that systems name on %s are such', (host) => {
    const named = all.flatMap(({ relationalDatabase: needs }) => allSizes(needs?.classes[host]));
    expect(named.filter((name) => !relationalForms[host].fits(name))).toEqual([]);
    expect(named).not.toEqual([]);
  });

  test('a custom machine is one where its memory goes with its cores, and then its connections are known', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 110 }), fc.integer({ min: 1, max: 3000 }), (cores, units) => {
        const memory = units * 256;
        const each = memory / 1024 / cores;
        const right = (cores === 1 || cores % 2 === 0) && cores <= 96 && memory >= 3_840 && each >= 0.9 && each <= 6.5;
        const name = `db-custom-${cores}-${memory}`;
        expect(relationalForms['cloud-sql'].fits(name)).toBe(right);
        expect(relationalForms['cloud-sql'].fits(`db-custom-${cores}-${memory + 1}`)).toBe(false);
        if (!right) return;
        taken += 1;
        expect(limitOf('cloud-sql', 'postgres', name)!.connections).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  test('whatever has the form of one host has that of no other, save Aurora, whose classes RDS has too', () => {
    const names = [
      ...new Set(
        all.flatMap(({ relationalDatabase: needs }) =>
          relationalHosts.flatMap((host) => allSizes(needs?.classes[host])),
        ),
      ),
    ];
    for (const name of names) {
      const fitting = relationalHosts.filter((host) => relationalForms[host].fits(name));
      expect(fitting.length === 1 || fitting.join() === 'rds,aurora').toBe(true);
    }
  });

  test('no text makes a form throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...relationalHosts), (text, host) => {
        expect(typeof relationalForms[host].fits(text)).toBe('boolean');
      }),
    );
  });
});

test.each(relationalHosts)('the versions that systems ask for can be had on %s', (host) => {
  for (const { relationalDatabase: needs } of all) {
    if (!needs || !Object.values(needs.hosts).includes(host)) continue;
    expect(relationalAbilities[host].versions[needs.engine]).toContain(needs.engineVersion);
  }
  // Newest last: that is what a wrong one is mended with.
  for (const engine of sqlEngines) {
    const numbers = relationalAbilities[host].versions[engine].map(Number);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  }
});

describe('hours of work', () => {
  test('every minute of a day is a time, and nothing else of two numbers', () => {
    fc.assert(
      fc.property(fc.nat({ max: 99 }), fc.nat({ max: 99 }), (hour, minute) => {
        const two = (part: number): string => String(part).padStart(2, '0');
        const text = `${two(hour)}:${two(minute)}`;
        expect(form.hourOfDay.safeParse(text).success).toBe(hour < 24 && minute < 60);
        expect(form.hourOfDay.safeParse(`${text}:00`).success).toBe(false);
      }),
    );
  });

  test('times compare as their texts do, which the check of `to` relies on', () => {
    const minute = fc.nat({ max: 1439 });
    const text = (at: number): string =>
      `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
    fc.assert(fc.property(minute, minute, (a, b) => expect(text(a) < text(b)).toBe(a < b)));
  });

  test('every zone that this machine knows is one', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    expect(zones.filter((zone) => !form.timezone.safeParse(zone).success)).toEqual([]);
    expect(zones.length).toBeGreaterThan(100);
    expect(form.timezone.safeParse('UTC').success).toBe(true);
  });

  test.each(['europe/berlin', 'Berlin', 'Mars/Olympus', '+01:00', 'CET ', ''])('%s is no time zone', (text) => {
    expect(form.timezone.safeParse(text).success).toBe(false);
  });
});

describe('databases that are there already', () => {
  /** AWS: 1 to 63 letters, digits or hyphens; the first a letter; none at the end, no two together. */
  test('an identifier of AWS is what AWS says it is', () => {
    const text = fc.stringMatching(/^[a-z0-9-]{1,66}$/);
    fc.assert(
      fc.property(text, (id) => {
        const right = id.length <= 63 && /^[a-z]/.test(id) && !id.includes('--') && !id.endsWith('-');
        expect(form.awsDatabaseId.safeParse(id).success).toBe(right);
      }),
      { numRuns: 500 },
    );
  });

  test('a UUID is taken in lower case alone', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(form.uuid.safeParse(id).success).toBe(true);
        expect(form.uuid.safeParse(id.slice(1)).success).toBe(false);
        if (/[a-f]/.test(id)) expect(form.uuid.safeParse(id.toUpperCase()).success).toBe(false);
      }),
    );
  });
});

test.each([
  ['/static/*', true],
  ['/*', true],
  ['/', true],
  ['/a-b_c.d/%20', true],
  ['static/*', false],
  ['/a**', false],
  ['/a b', false],
  ['/a?b=c', false],
  [`/${'a'.repeat(200)}`, false],
])('a path pattern: %s: %s', (text, is) => expect(form.pathPattern.safeParse(text).success).toBe(is));

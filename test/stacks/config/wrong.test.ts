import { RunError } from '@pulumi/pulumi';
import { errorOf, faultsOf, prodWith, wrongConfig } from './helpers';
import { wrongAdoptions } from './wrong-adoption';
import { wrongCases as wrongOnAws, type WrongCase } from './wrong-cases';
import { wrongFrontDoors } from './wrong-front-door';
import { wrongMoves } from './wrong-moves';
import { wrongOnClusters } from './wrong-on-clusters';
import { wrongOnDigitalOcean } from './wrong-on-digitalocean';
import { wrongOnGcp } from './wrong-on-gcp';
import { wrongOnKubernetes } from './wrong-on-kubernetes';
import { wrongPlaces } from './wrong-places';
import { wrongPools } from './wrong-pooler';
import { wrongRelational } from './wrong-relational';
import { wrongScaling } from './wrong-scaling';
import { wrongWorkers } from './wrong-workers';

/** What can be said wrongly of each capability. */
const ofCapabilities = {
  'relational database': wrongRelational,
  'pooler and connection budget': wrongPools,
  'broker and workers': wrongWorkers,
  'scaling and off-hours': wrongScaling,
  'routing and front door': wrongFrontDoors,
  adoption: wrongAdoptions,
};

const wrongCases: WrongCase[] = [
  ...wrongOnAws,
  ...wrongOnGcp,
  ...wrongOnDigitalOcean,
  ...wrongOnKubernetes,
  ...wrongOnClusters,
  ...wrongMoves,
  ...wrongPlaces,
  ...Object.values(ofCapabilities).flat(),
];

describe('wrong configurations', () => {
  test.each(wrongCases.map((wrong) => [wrong.name, wrong] as const))('%s', (_, wrong) => {
    const { keys, says } = wrong;
    const { faults, message } = errorOf(wrongConfig(wrong));
    expect(faults.map((fault) => fault.key)).toEqual(keys);
    const lines = message.split('\n');
    expect(says.filter((text) => !lines.some((line) => line.includes(text)))).toEqual([]);
    expect(message).not.toContain('canary');
  });

  test.each(Object.entries(ofCapabilities))('ten at the least of: %s', (_, cases) => {
    expect(new Set(cases.map(({ name }) => name)).size).toBeGreaterThanOrEqual(10);
  });

  test('every fault says what is allowed and how to mend it', () => {
    const faults = wrongCases.flatMap((wrong) => faultsOf(wrongConfig(wrong)));
    expect(
      faults.filter(
        ({ allowed, mend }) => allowed === '' || !/pulumi config|stack's file|name |give |take /.test(mend),
      ),
    ).toEqual([]);
  });

  test('the message numbers the faults and names the stack', () => {
    const { message } = errorOf(prodWith({ phase: 'big', budget: 'x' }), 'prod');
    expect(message.split('\n')[0]).toBe('2 faults in the configuration of stack prod: nothing was created.');
    expect(message).toMatch(/^1\. phase = "big" /m);
    expect(message).toMatch(/^2\. budget = "x" /m);
  });

  test('one fault is one', () => {
    expect(errorOf(prodWith({ phase: 'big' })).message).toMatch(/^1 fault in the configuration of the stack: /);
  });

  test('Pulumi shows it as the user’s to mend, without a stack trace', () => {
    expect(RunError.isInstance(errorOf(prodWith({ phase: 'big' })))).toBe(true);
  });

  test('a command stands alone on its line, so that it can be copied', () => {
    const mends = wrongCases.flatMap((wrong) => faultsOf(wrongConfig(wrong))).map(({ mend }) => mend);
    expect(mends.filter((mend) => /pulumi config rm (?:--path )?[\w.]+:/.test(mend))).toEqual([]);
  });

  test('an empty configuration names each key that is needed', () => {
    expect(faultsOf({}).map((fault) => fault.key)).toEqual(['system', 'phase', 'environment', 'cloud', 'domain']);
  });

  test('a command that mends a fault has the value that was meant', () => {
    const { mend } = faultsOf(prodWith({ overrides: { logs: { retentionDays: 31 } } }))[0]!;
    expect(mend).toBe('pulumi config set --path overrides.logs.retentionDays 30');
  });
});

import fc from 'fast-check';
import { ConfigurationError, type Fault } from '../../../stacks/config/fault';
import { planStack } from '../../../stacks/plan-stack';
import { systems } from '../../../systems';
import { secretKeys, startOf } from '../../moves/keys';
import { commandsIn, rawOf, run, type Keys } from '../../moves/shell';
import { edited } from '../../moves/edits';

function faultsOf(keys: Keys): readonly Fault[] {
  try {
    planStack({ raw: rawOf(keys, secretKeys), systems, memoryOf: () => ({}) });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

/** Elements as somebody may write them: right, right elsewhere, nearly right, and of another kind. */
const elements: Record<string, readonly unknown[]> = {
  regions: ['us-east-1', 'us-west-2', 'eu-west-1', 'us-est-1', 'US-EAST-1', 'nyc3', 'us-east-1a', 'x', '', 3, null],
  zones: ['us-east-1a', 'us-east-1b', 'us-east-1d', 'us-west-2a', 'US-EAST-1A', 'us-est-1a', 'nyc3', 'x', '', 3, null],
  keep: ['gcp', 'digitalocean', 'aws', 'gpc', 'GCP', 'x', '', 3, null],
  discardStores: ['gcp', 'kubernetes', 'aws', 'kubernets', '', 3],
  alertEmails: ['ops@example.com', 'a@b.io', 'nonsense', 'ops@example', '', 3, null],
  'aws.allowedAccountIds': ['123456789012', '210987654321', 123456789012, '1234', '', null],
  'aws.clusterAdmins': ['arn:aws:iam::123456789012:role/platform', 'arn:aws:iam::123456789012:user/a', 'platform', ''],
  'aws.controlPlaneCidrs': ['198.51.100.0/24', '10.0.0.0/8', '10.1.2.3/8', '10.1.2.3', '0.0.0.0/0', 'x', 3],
  'digitalocean.sshKeys': ['3b:16:bf:e4:8b:00:8b:b8:59:8c:a9:d3:f0:19:45:fa', '4711', 4711, 'ssh-rsa AAAA', ''],
  'gcp.regions': ['us-central1', 'us-west1', 'us-central', 'US-WEST1', 'us-east-1', 'x', 3],
};

const anyList = fc
  .constantFrom(...Object.keys(elements))
  .chain((key) => fc.tuple(fc.constant(key), fc.array(fc.constantFrom(...elements[key]!), { maxLength: 5 })));
const anyPhase = fc.constantFrom('large', 'enterprise' as const);

test('one run of the commands that mend a wrong list is enough', () => {
  let mended = 0;
  fc.assert(
    fc.property(anyList, anyPhase, ([key, list], phase) => {
      const start = startOf({ system: 'pulse', cloud: 'aws', environment: 'prod', phase });
      const keys = edited(start, { path: key.split('.'), value: list });
      const faults = faultsOf(keys);
      const commands = faults.map(({ mend }) => commandsIn(mend));
      if (faults.length === 0 || commands.some((each) => each.length === 0)) return;
      mended += 1;
      const after = commands.flat().reduce((now, words) => run(now, words), keys);
      expect({ faults: faultsOf(after), after }).toEqual({ faults: [], after });
    }),
    { numRuns: 200 },
  );
  expect(mended).toBeGreaterThan(100);
});

test('a name with a dot is one name, to people and to the command', () => {
  const start = startOf({ system: 'pulse', cloud: 'aws', environment: 'prod', phase: 'large' });
  const keys = edited(start, { path: ['images', 'api.v2'], value: 'ghcr.io/example/api:1.4.2' });
  const [fault, ...others] = faultsOf(keys);
  expect(others).toEqual([]);
  expect(fault).toMatchObject({ key: 'images["api.v2"]', problem: 'is not a key' });
  const [words] = commandsIn(fault!.mend);
  expect(words).toEqual(['pulumi', 'config', 'rm', '--path', 'images["api.v2"]']);
  expect(faultsOf(run(keys, words!))).toEqual([]);
});

import { generateKeyPairSync } from 'node:crypto';
import type { OfflinePlan } from '../../cli/offline/make-plan';
import type { RecordedResource } from '../../cli/offline/recorder';
import { environments, type CloudName, type Compute, type PhaseName } from '../../plan/vocabulary';
import type { Environment } from '../../plan/vocabulary';
import type { RawConfig } from '../../stacks/config/raw';
import { sharedPlan } from './plans';

// A stack that has left a cloud and keeps its stores there declares them, and what they stand on, as they were.

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const plain = (text: string) => ({ text, secret: false });
/** With private content on the CDN: all of it goes. */
const config: RawConfig = { contentPublicKey: plain(publicKey.export({ type: 'spki', format: 'pem' }).toString()) };

/** One region with the least, and two regions with the most that there is. */
const ends = ['small', 'enterprise'] as const;

interface Stack {
  cloud: CloudName;
  compute: Compute;
  environment: Environment;
  phase: PhaseName;
}

const beforeTheMove = (stack: Stack) => sharedPlan({ system: 'pulse', ...stack, config });

/** The same stack when its one line says aws, and `keep` the cloud that it was on. */
function afterTheMove({ cloud, compute, ...same }: Stack, { plan }: OfflinePlan): Promise<OfflinePlan> {
  const memory = { [cloud]: { phase: plan.storesPhase, compute, regions: plan.regions.map(({ name }) => name) } };
  const keep = plain(JSON.stringify([cloud]));
  return sharedPlan({
    system: 'pulse',
    ...same,
    cloud: 'aws',
    compute: 'instances',
    memory,
    config: { ...config, keep },
  });
}

/** Changed in place: a cluster that is gone is let in no longer. */
const followsServices = 'digitalocean:index/databaseFirewall:DatabaseFirewall';

/** What the engine would do to resources that stay, in words. */
function changesOf(before: OfflinePlan, after: OfflinePlan): string[] {
  const then = new Map(before.resources.map((resource) => [resource.urn, resource]));
  return after.resources.flatMap((now) => {
    const was = then.get(now.urn);
    if (!was || now.type === followsServices) return [];
    return (['inputs', 'protect', 'provider', 'ignoreChanges'] as const)
      .filter((part) => JSON.stringify(was[part]) !== JSON.stringify(now[part]))
      .map((part) => `${now.type} ${now.name}: ${part}`);
  });
}

/** Parts of a stack by what they are called without its environment. */
const called = ({ type, name }: RecordedResource, environment: Environment) =>
  `${type} ${name.replace(`pulse-${environment}`, 'pulse')}`;

/** What holds data, or a way to it: all that prod protects, and what it is reached and let in by. */
async function storesIn(stack: Stack): Promise<string[]> {
  const { resources } = await beforeTheMove({ ...stack, environment: 'prod' });
  const reached =
    /^gcp:compute\/(network|subnetwork|router|forwardingRule|address)|:Vpc(Peering)?$|:Database\w+$|^mongodbatlas:/;
  const made = new Set([...resources].filter(({ protect }) => protect).map((one) => called(one, 'prod')));
  for (const one of resources)
    if (one.custom && reached.test(one.type) && !/-edge/.test(one.name)) made.add(called(one, 'prod'));
  return [...made];
}

describe.each(['gcp', 'digitalocean'] as const)('stores kept on %s', (cloud) => {
  const stacks = (['instances', 'kubernetes'] as const).flatMap((compute) =>
    environments.flatMap((environment) => ends.map((phase): Stack => ({ cloud, compute, environment, phase }))),
  );

  test.each(stacks)('$compute in $environment at $phase', async (stack) => {
    const before = await beforeTheMove(stack);
    const after = await afterTheMove(stack, before);
    expect(changesOf(before, after)).toEqual([]);

    const still = new Set(after.resources.map((one) => one.urn));
    const gone = before.resources.filter(({ urn }) => !still.has(urn));
    const stores = new Set(await storesIn(stack));
    expect(stores.size).toBeGreaterThan(8);
    expect(gone.map((one) => called(one, stack.environment)).filter((name) => stores.has(name))).toEqual([]);
    // Nothing that goes refuses to: not the engine's own lock, and not the cloud's.
    const locked = gone.filter(
      ({ protect, inputs }) => protect || inputs.deletionProtection || inputs.deletionProtectionEnabled,
    );
    expect(locked.map(({ urn }) => urn)).toEqual([]);
  });
});

import type { PlanFlags } from '../../cli/offline/make-plan';
import type { CloudName } from '../../plan/vocabulary';
import type { Bag } from '../../sandbox/model/values';
import { combinations } from '../manifests/combinations';
import { ControlPlane } from './cluster/control-plane';
import { installOperators } from './cluster/operators';
import { podsIn, renderedObjects, type Rendered } from './cluster/rendered';

/** Every object of every plan, shown to a real API server that overlooks no field and keeps none of them. */
let plane: ControlPlane;
beforeAll(async () => {
  plane = await ControlPlane.start([]);
  await installOperators(plane);
});
afterAll(() => plane?.stop());

/** Objects that are asked about at the same time. */
const AT_ONCE = 16;

const clusters = combinations.filter(({ compute }) => compute === 'kubernetes');

const objectStore = { endpoint: 'https://s3.example.com:9000', region: 'eu-central-1', bucketPrefix: 'pulse-prod' };
/** What a cluster of one's own may be told besides. On the clouds the stack itself says how stores are reached. */
const ownCluster: Partial<Record<CloudName, { section: object; secrets: object }>> = {
  kubernetes: {
    section: { trustedProxies: ['10.0.0.0/8'], proxyProtocol: true, storageClass: 'fast', objectStore },
    secrets: { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' },
  },
};
const workHours = { timezone: 'Europe/Berlin', from: '07:00', to: '20:00', days: [1, 2, 3, 4, 5] };

/** What a configuration may add to a cluster's objects. */
function withEverything(flags: PlanFlags): PlanFlags {
  const open = (value: unknown) => ({ text: JSON.stringify(value), secret: false });
  const kept = (value: unknown) => ({ ...open(value), secret: true });
  const own = ownCluster[flags.cloud];
  const config = {
    kubernetes: open({ certificateIssuer: 'letsencrypt', monitoring: true, ...own?.section }),
    registryCredentials: kept({ auths: {} }),
    ...(own && { secrets: kept(own.secrets) }),
    // Prod never rests.
    ...(flags.environment !== 'prod' && { offHours: open(workHours) }),
  };
  return { ...flags, config };
}

/** What the server says against objects, and against the pods that its controllers would make of them. */
async function refusals(objects: Rendered[]): Promise<string[]> {
  // Objects are tried inside of these, and pods in the name of those.
  const places = objects.filter(({ kind }) => kind === 'Namespace');
  const accounts = objects.filter(({ kind }) => kind === 'ServiceAccount');
  for (const object of [...places, ...accounts]) await plane.api.apply(bagOf(object));
  for (const { metadata } of places) {
    const account = () => plane.api.get('v1', 'ServiceAccount', metadata.name, 'default');
    await plane.until(`${metadata.name} has its own account`, async () => (await account()) !== undefined);
  }
  const left = [...objects, ...objects.flatMap(podsIn)];
  const refused: string[] = [];
  const next = async (): Promise<void> => {
    for (let object = left.pop(); object; object = left.pop()) {
      const { kind, metadata } = object;
      await plane.api.tryStrictly(bagOf(object)).catch((error: Error) => {
        refused.push(`${kind} ${metadata.namespace}/${metadata.name}: ${error.message}`);
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return refused;
}

test.each(['pulse', 'mercenary', 'sv-sdk'])(
  '%s on every cluster: no object has a field that its kind does not have, and no pod is refused',
  async (system) => {
    const plans = clusters.filter((flags) => flags.system === system);
    const full = plans.filter(({ phase, environment }) => phase === 'enterprise' && environment !== 'staging');
    const objects = await renderedObjects([...plans, ...full.map(withEverything)]);
    expect(objects.length).toBeGreaterThan(500);
    expect(await refusals(objects)).toEqual([]);
  },
);

const bagOf = (object: Rendered): Bag => object as unknown as Bag;

/** A copy of a plan's object with one field more, where `path` leads. */
function withField(object: Rendered, path: string): Rendered {
  const copy = structuredClone(object);
  const words = path.split('.');
  let at = copy as unknown as Record<string, unknown>;
  for (const word of words.slice(0, -1)) at = at[word] as Record<string, unknown>;
  at[words.at(-1)!] = 'x';
  return copy;
}

test('it refuses a field that a kind does not have, of Kubernetes and of operators, and a pod that the namespace forbids', async () => {
  const flags = clusters.find(({ cloud }) => cloud in ownCluster);
  const objects = await renderedObjects([flags!]);
  const one = (wanted: string, by = '') =>
    objects.find(({ kind, metadata }) => kind === wanted && metadata.name.endsWith(by))!;
  const deployment = one('Deployment', 'api');
  const rootPod = {
    ...podsIn(deployment)[0]!,
    spec: { containers: [{ name: 'root', image: 'registry.example/root:1' }] },
  };
  const wrong = [
    withField(deployment, 'spec.template.spec.containers.0.imagePolicy'),
    withField(one('Certificate'), 'spec.dnsName'),
    withField(one('PerconaServerMongoDB'), 'spec.backup.enable'),
    rootPod,
  ];
  const said = await refusals([one('Namespace'), one('ServiceAccount', 'api'), ...wrong]);
  const text = said.join('\n');
  for (const field of ['imagePolicy', 'dnsName', 'enable', 'violates PodSecurity']) expect(text).toContain(field);
  expect(said).toHaveLength(wrong.length + 1);
});

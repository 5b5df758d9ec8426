import { gcp } from '../../../components/gcp';
import { nextBests } from '../../../components/gcp/next-bests';
import type { Plan } from '../../../plan/types';
import { pulseOnGoogle } from './offline';

jest.mock('../../../components/clouds', () => ({ cloudOf: () => gcp }));

const planned = async (compute: 'instances' | 'kubernetes'): Promise<Plan> =>
  (await pulseOnGoogle('large', 'prod', { compute, signed: true })).plan;
const starts = (plan: Plan) => nextBests(plan).map((sentence) => sentence.replace(/[:.].*$/s, ''));

test('what instances behind the global balancer have instead of what the plan asks', async () => {
  const plan = await planned('instances');
  expect(starts(plan)).toEqual(['api', 'api', 'Cache', "Object stores are Cloud Storage's", 'CDN', 'CDN', 'CDN']);
  const [limit, idle] = nextBests(plan);
  expect(limit).toMatch(/100 requests per 60 s .* 429 .* burst of 20/);
  expect(idle).toMatch(/idle for 60 s .* 3600 s in all/);
});

test("a cluster's own edge keeps to the guide, so nothing is said of the balancer", async () => {
  const said = nextBests(await planned('kubernetes')).filter((sentence) => sentence.startsWith('api'));
  expect(said).toEqual([expect.stringMatching(/nginx replicas counts for itself/)]);
});

test('a plan without stores, content and limits has nothing to say but of the account', async () => {
  const plan = await planned('instances');
  const bare: Plan = {
    ...plan,
    services: plan.services.map((service) => ({ ...service, rateLimit: undefined })),
    cache: undefined,
    objectStores: [],
    contentDelivery: undefined,
    accounts: { ...plan.accounts, gcp: { ...plan.accounts.gcp, billingAccountId: undefined, dnsZone: undefined } },
  };
  expect(starts(bare)).toEqual(['api', 'There is no budget', 'DNS']);
});

test('credentials of a private registry serve pods alone', async () => {
  const given = (plan: Plan): Plan => ({ ...plan, given: { ...plan.given, registryCredentials: true } });
  expect(nextBests(given(await planned('instances'))).join()).toContain('registryCredentials is not used');
  expect(nextBests(given(await planned('kubernetes'))).join()).not.toContain('registryCredentials');
});

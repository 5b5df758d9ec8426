import { generateKeyPairSync } from 'node:crypto';
import { makeOfflinePlan } from '../../cli/offline/make-plan';
import { systems } from '../../systems';

// What is read out of a value that only the cloud knows has to be found in the placeholder for it too.

test.each(['aws', 'digitalocean', 'kubernetes'] as const)(
  'a plan with a Prometheus on %s has what it reads the caches by',
  async (cloud) => {
    const kubernetes = { text: JSON.stringify({ certificateIssuer: 'letsencrypt', monitoring: true }), secret: false };
    const { resources } = await makeOfflinePlan({
      system: 'sv-sdk',
      phase: 'small',
      environment: 'prod',
      cloud,
      compute: 'kubernetes',
      config: { kubernetes },
    });
    const exporters = resources.filter(({ type }) => type === 'stackladder:kubernetes:CacheExporter');
    const secrets = resources.filter(({ type }) => type === 'kubernetes:core/v1:Secret').map(({ parent }) => parent);
    expect(exporters.map(({ urn }) => secrets.includes(urn))).toEqual(exporters.map(() => true));
    expect(exporters.length).toBeGreaterThan(0);
  },
);

// Private content is on the CDN only where there is a key, so no plan by flags alone has it.
describe.each(Object.keys(systems))('%s with a key for signed URLs', (system) => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const text = publicKey.export({ type: 'spki', format: 'pem' }).toString();

  test.each(['aws', 'gcp', 'digitalocean', 'kubernetes'] as const)('has a plan on %s', async (cloud) => {
    const stack = { system, cloud, phase: 'large', environment: 'prod' } as const;
    const { plan } = await makeOfflinePlan({ ...stack, config: { contentPublicKey: { text, secret: false } } });
    expect(plan.contentDelivery?.signingPublicKey).toBe(text);
  });
});

import { makeOfflinePlan } from '../../cli/offline/make-plan';

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

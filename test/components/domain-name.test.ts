import { makeOfflinePlan } from '../../cli/offline/make-plan';
import { isDomainName, isDomainOrWildcard } from '../../components/domain-name';
import { clouds } from '../../plan/vocabulary';

test.each([
  ['api.example.com', true],
  ['api.xn--e1afmkfd.xn--p1ai', true],
  ['*.example.com', false],
  ['localhost', false],
  ['API.example.com', false],
  ['api.example.com.', false],
  ['10.0.0.1', false],
])('%s is a name of a domain: %s', (name, is) => {
  expect(isDomainName(name)).toBe(is);
  expect(isDomainOrWildcard(name)).toBe(is || name.startsWith('*.'));
});

test.each(clouds)('a domain that ends in Punycode is served on %s', async (cloud) => {
  const domain = { text: 'api.xn--e1afmkfd.xn--p1ai', secret: false };
  const made = await makeOfflinePlan({
    system: 'pulse',
    phase: 'large',
    cloud,
    environment: 'prod',
    config: { domain },
  });
  expect(made.outputs.url).toBe('https://api.xn--e1afmkfd.xn--p1ai');
});

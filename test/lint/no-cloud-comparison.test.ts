import { RuleTester, type Rule } from 'eslint';
import { parser } from 'typescript-eslint';

const rule = jest.requireActual<Rule.RuleModule>('../../lint/no-cloud-comparison.js');

const tester = new RuleTester({ languageOptions: { parser, ecmaVersion: 2022, sourceType: 'module' } });
const caught = (code: string) => ({ code, errors: [{ messageId: 'comparison' }] });

tester.run('no-cloud-comparison', rule, {
  valid: [
    // Tables by cloud, and capabilities.
    `const zones = byCloud[cloud];`,
    `const known = cloud && knownRegions[plan.cloud];`,
    `if (!system.runsOn[cloud]) refuse();`,
    `const path = ['gcp', 'projectId'];`,
    // Two clouds, neither of them named.
    `const others = clouds.filter((name) => name !== cloud);`,
    `if (cloud === settings.cloud) skip();`,
    `const kept = settings.keep.includes(cloud);`,
    `if (cloud === undefined) skip();`,
    // Other things that have the same names.
    `if (compute === 'kubernetes') pods();`,
    `if (host === 'digitalocean') managed();`,
    `if (cloud.region === 'us-east-1') global();`,
    `if (region === 'us-east-1') global();`,
    `if (typeof cloud === 'object') open();`,
    `const found = ['regions', 'zones'].map((key) => placesOn(draft, cloud, key));`,
    `const found = ['dev', 'prod'].includes(environment);`,
    `const strict = new Set(['staging', 'prod']).has(environment);`,
    `switch (compute) { case 'kubernetes': pods(); }`,
    `if (parts.includes(cloud)) found();`,
  ],
  invalid: [
    caught(`if (cloud === 'aws') open();`),
    caught(`if ('kubernetes' !== cloud) open();`),
    caught(`const x = plan.cloud == 'digitalocean' ? 1 : 2;`),
    caught(`const x = settings?.cloud === 'gcp';`),
    caught(`const x = plan['cloud'] === 'kubernetes';`),
    caught(`const x = homeCloud === 'kubernetes';`),
    caught('const x = cloud === `aws`;'),
    caught(`const x = (cloud as string) === 'kubernetes';`),
    caught(`const x = cloud! === 'kubernetes';`),
    // By another name.
    caught(`const here = plan.cloud; if (here === 'kubernetes') open();`),
    caught(`const { cloud: here } = plan; if (here === 'kubernetes') open();`),
    caught(`const f = ({ cloud: here }) => here === 'kubernetes';`),
    caught(`const HERE = 'kubernetes'; if (cloud === HERE) open();`),
    // The two names that stand for nothing else, whatever they are compared with.
    caught(`const x = name === 'gcp';`),
    caught(`switch (name) { case 'aws': open(); }`),
    // A switch, a list, a set, a search, a part of the name.
    caught(`switch (plan.cloud) { default: open(); }`),
    caught(`const x = ['kubernetes'].includes(cloud);`),
    caught(`const own = ['kubernetes'] as const; const x = own.includes(plan.cloud);`),
    caught(`const x = ['aws', 'gcp'].indexOf(cloud) >= 0;`),
    caught(`const own = new Set(['kubernetes']); const x = own.has(cloud);`),
    caught(`const x = ['aws', 'gcp'].some((name) => name === cloud);`),
    caught(`const x = cloud.startsWith('a');`),
    caught(`const x = /^(aws|gcp)$/.test(plan.cloud);`),
    caught(`const x = cloud in { aws: 1 };`),
  ],
});

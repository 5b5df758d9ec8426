import { Lab } from './lab';
import { wrongAdoptions } from '../stacks/config/wrong-adoption';
import { wrongCases, type WrongCase } from '../stacks/config/wrong-cases';
import { wrongFrontDoors } from '../stacks/config/wrong-front-door';
import { wrongMoves } from '../stacks/config/wrong-moves';
import { wrongOnClusters } from '../stacks/config/wrong-on-clusters';
import { wrongOnDigitalOcean } from '../stacks/config/wrong-on-digitalocean';
import { wrongOnGcp } from '../stacks/config/wrong-on-gcp';
import { wrongOnKubernetes } from '../stacks/config/wrong-on-kubernetes';
import { wrongPools } from '../stacks/config/wrong-pooler';
import { wrongRelational } from '../stacks/config/wrong-relational';
import { wrongScaling } from '../stacks/config/wrong-scaling';
import { wrongWorkers } from '../stacks/config/wrong-workers';

const ofClouds = [wrongCases, wrongOnGcp, wrongOnDigitalOcean, wrongOnKubernetes, wrongOnClusters, wrongMoves];
const ofCapabilities = [wrongRelational, wrongPools, wrongWorkers, wrongScaling, wrongFrontDoors, wrongAdoptions];

/** So many of a list, spread over it. What is given encrypted stays out: a stack's file is written in plain text here. */
function spread(all: WrongCase[], sample: number): WrongCase[] {
  const cases = all.filter(({ secretKeys }) => secretKeys === undefined);
  return Array.from({ length: sample }, (_, at) => cases[Math.floor((at * cases.length) / sample)]!);
}

/** What the engine refuses before anything is made. */
describe('a bad change is refused before it is applied', () => {
  let lab: Lab;

  beforeAll(() => {
    lab = new Lab('prod');
  });
  afterAll(() => lab.close());

  test('one instance in prod: the preview fails and names the rule, the resource and the way out', () => {
    lab.configure('prod', { overrides: { services: { api: { minSize: 1 } } } });
    const { code, output } = lab.preview();
    expect(code).not.toBe(0);
    expect(output).toContain('group-two-replicas');
    expect(output).toContain('pulse-prod-api-use1');
    expect(output).toMatch(/minSize.*(2|two)/);
  });

  test('the credentials of another account: nothing is made', () => {
    lab.configure('prod', { aws: { hostedZoneId: 'Z0123456789PROD', allowedAccountIds: ['999999999999'] } });
    const { code, output } = lab.up();
    expect(code).not.toBe(0);
    expect(output).toContain('AWS account ID not allowed');
    expect(lab.cloud()).toEqual([]);
  });

  // The schema's own tests walk all of them.
  const sample = [
    ...ofClouds.flatMap((cases) => spread(cases, 5)),
    ...ofCapabilities.flatMap((cases) => spread(cases, 2)),
  ];
  test.each(sample.map((wrong) => [wrong.name, wrong] as const))('wrong configuration: %s', (_, wrong) => {
    lab.configure(wrong.stack ?? 'prod', wrong.changes);
    const { code, output } = lab.pulumi('preview', '--stack', lab.stack);
    expect(code).not.toBe(0);
    for (const text of wrong.says) expect(output).toContain(text);
    // The engine shows a message's first line beside the stack as well; below `Diagnostics` each stands once.
    const [, diagnostics = ''] = output.split('Diagnostics:');
    expect(diagnostics.match(/nothing was created/g)).toHaveLength(1);
    expect(lab.cloud()).toEqual([]);
  });
});

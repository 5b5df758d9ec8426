import { Lab } from './lab';
import { wrongCases, type WrongCase } from '../stacks/config/wrong-cases';
import { wrongMoves } from '../stacks/config/wrong-moves';
import { wrongOnClusters } from '../stacks/config/wrong-on-clusters';
import { wrongOnDigitalOcean } from '../stacks/config/wrong-on-digitalocean';
import { wrongOnGcp } from '../stacks/config/wrong-on-gcp';
import { wrongOnKubernetes } from '../stacks/config/wrong-on-kubernetes';

const groups = [wrongCases, wrongOnGcp, wrongOnDigitalOcean, wrongOnKubernetes, wrongOnClusters, wrongMoves];
/** Of each cloud's wrong configurations that go through the whole engine. */
const SAMPLE = 5;

/** So many of a list, spread over it. */
function spread(cases: WrongCase[]): WrongCase[] {
  return Array.from({ length: SAMPLE }, (_, at) => cases[Math.floor((at * cases.length) / SAMPLE)]!);
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
  const sample = groups.flatMap(spread);
  test.each(sample.map((wrong) => [wrong.name, wrong] as const))('wrong configuration: %s', (_, wrong) => {
    lab.configure('prod', wrong.changes);
    const { code, output } = lab.pulumi('preview', '--stack', lab.stack);
    expect(code).not.toBe(0);
    for (const text of wrong.says) expect(output).toContain(text);
    // The engine shows a message's first line beside the stack as well; below `Diagnostics` each stands once.
    const [, diagnostics = ''] = output.split('Diagnostics:');
    expect(diagnostics.match(/nothing was created/g)).toHaveLength(1);
    expect(lab.cloud()).toEqual([]);
  });
});

import { Lab } from './lab';
import { wrongCases } from '../stacks/config/wrong-cases';

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
    lab.configure('prod', { allowedAccountIds: ['999999999999'] });
    const { code, output } = lab.up();
    expect(code).not.toBe(0);
    expect(output).toContain('AWS account ID not allowed');
    expect(lab.cloud()).toEqual([]);
  });

  // The schema's own tests walk all of them; every second one goes through the whole engine here.
  const sample = wrongCases.filter((_, at) => at % 2 === 0);
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

import { Lab } from './lab';
import { expectRefusal, someWrong } from './refusals';

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

  // Ten of each cloud go through the engine in `make test-clouds`.
  test.each(someWrong(2, 1))('wrong configuration: %s', (_, wrong) => expectRefusal(lab, wrong));
});

import { Lab } from '../engine/lab';
import { expectRefusal, someWrong } from '../engine/refusals';

describe('wrong configurations on the engine, ten of each cloud: one message, and nothing is created', () => {
  let lab: Lab;
  beforeAll(() => {
    lab = new Lab('prod');
  });
  afterAll(() => lab.close());

  test.each(someWrong(10, 4))('%s', (_, wrong) => expectRefusal(lab, wrong));
});

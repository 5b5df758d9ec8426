import { record } from '../../../cli/offline/recorder';
import { costFilter, MonthlyBudget, notificationsOf } from '../../../components/aws/budget/monthly-budget';
import { counts, messageOf, one, parentName } from '../recorded';

const args = {
  monthlyUsd: 400,
  alertPercents: [50, 100],
  emails: ['a@example.com', 'b@example.com'],
  costTags: { System: 'pulse', Environment: 'prod' },
  tags: { System: 'pulse' },
};

test("a budget of one stack's costs", async () => {
  const recording = await record(() => void new MonthlyBudget('pulse-budget', args));
  expect(counts(recording)).toEqual({ 'stackladder:aws:MonthlyBudget': 1, 'aws:budgets/budget:Budget': 1 });
  const budget = one(recording, 'aws:budgets/budget:Budget');
  expect(parentName(budget)).toBe('pulse-budget');
  expect(budget.inputs).toEqual({
    budgetType: 'COST',
    timeUnit: 'MONTHLY',
    limitAmount: '400.00',
    limitUnit: 'USD',
    metrics: 'UnblendedCost',
    filterExpression: {
      ands: [{ tags: { key: 'System', values: ['pulse'] } }, { tags: { key: 'Environment', values: ['prod'] } }],
    },
    notifications: notificationsOf([50, 100], args.emails),
    tags: { System: 'pulse' },
  });
});

test('told at each percentage that is spent, and when the whole is forecast', () => {
  const told = notificationsOf([50, 100], args.emails);
  expect(told.map(({ notificationType, threshold }) => [notificationType, threshold])).toEqual([
    ['ACTUAL', 50],
    ['ACTUAL', 100],
    ['FORECASTED', 100],
  ]);
  for (const notification of told) {
    expect(notification).toMatchObject({
      thresholdType: 'PERCENTAGE',
      comparisonOperator: 'GREATER_THAN',
      subscriberEmailAddresses: args.emails,
    });
  }
  expect(notificationsOf([50], [])).toEqual([]);
});

test('one tag stands alone: AWS refuses an "and" of one', () => {
  expect(costFilter({ System: 'pulse' })).toEqual({
    tags: { key: 'System', values: ['pulse'] },
  });
});

test('all faults in one message', () => {
  const wrong = { monthlyUsd: 0, alertPercents: [0, 50, 50], emails: ['me'], costTags: {} };
  expect(messageOf(() => new MonthlyBudget('b', wrong)).split('\n')).toEqual([
    'MonthlyBudget "b" cannot be created:',
    '  monthlyUsd: 0 must be above 0',
    '  alertPercents[0]: 0 must be above 0 and at most 1000',
    '  alertPercents: "50" stands there more than once',
    '  emails[0]: "me" is not an e-mail address',
    '  costTags: without a tag every cost of the account would count',
  ]);
  const many = {
    ...args,
    alertPercents: Array.from({ length: 10 }, (_, at) => at + 1),
    emails: Array(11).fill('a@b.c'),
  };
  expect(messageOf(() => new MonthlyBudget('b', many))).toMatch(/AWS takes 10 notifications.*\n.*emails: AWS takes 10/);
});

import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { emailAddresses, type Fault, must, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';

export interface MonthlyBudgetArgs {
  /** US dollars a month, above 0. */
  monthlyUsd: number;
  /** Percent of the budget at which somebody is told that it is spent, e.g. `[50, 80, 100]`. At most 9. */
  alertPercents: number[];
  /** Who is told, at most 10 addresses (AWS's limit). With nobody there are no notifications, only the budget. */
  emails: string[];
  /**
   * Tags that costs must have, all of them, to count: `{ System: 'pulse', Environment: 'prod' }`. Both must be activated
   * as cost allocation tags in the account's billing console once, or the budget stays at nothing.
   */
  costTags: Record<string, string>;
  tags?: Record<string, string>;
}

/**
 * A monthly AWS budget of the costs that carry a stack's tags. People are told when a part of it is spent, and as soon
 * as AWS's forecast for the month is above the whole. It stops nothing.
 *
 * Cost: nothing. AWS charges for a budget's actions and reports, and this one has none.
 *
 * ```ts
 * new MonthlyBudget('pulse-prod-budget', {
 *   monthlyUsd: 400, alertPercents: [50, 80, 100], emails: ['ops@example.com'],
 *   costTags: { System: 'pulse', Environment: 'prod' },
 * });
 * ```
 */
export class MonthlyBudget extends pulumi.ComponentResource {
  readonly budget: aws.budgets.Budget;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: MonthlyBudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('MonthlyBudget', name, faultsOf(args));
    super('stackladder:aws:MonthlyBudget', name, {}, opts);
    this.budget = new aws.budgets.Budget(
      nameOf('aws:budgets/budget', name),
      {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        limitAmount: args.monthlyUsd.toFixed(2),
        limitUnit: 'USD',
        metrics: 'UnblendedCost', // what the month's bill says; an expression needs the choice
        filterExpression: costFilter(args.costTags),
        notifications: notificationsOf(args.alertPercents, args.emails),
        tags: args.tags,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/**
 * Costs with all of the tags. An expression, because AWS's older list of filters joins several values of one kind by
 * "or": it would count every system of the environment.
 */
export function costFilter(costTags: Record<string, string>): aws.types.input.budgets.BudgetFilterExpression {
  const each = Object.entries(costTags).map(([key, value]) => ({
    tags: { key, values: [value] },
  }));
  return each.length === 1 ? each[0]! : { ands: each };
}

/** Told when a percentage is really spent, and when the whole is expected to be. */
export function notificationsOf(percents: number[], emails: string[]): aws.types.input.budgets.BudgetNotification[] {
  if (emails.length === 0) return [];
  const notification = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notificationType,
    threshold,
    thresholdType: 'PERCENTAGE',
    comparisonOperator: 'GREATER_THAN',
    subscriberEmailAddresses: emails,
  });
  return [...percents.map((percent) => notification('ACTUAL', percent)), notification('FORECASTED', 100)];
}

function faultsOf(args: MonthlyBudgetArgs): Fault[] {
  return [
    must(args.monthlyUsd > 0 && Number.isFinite(args.monthlyUsd), 'monthlyUsd', `${args.monthlyUsd} must be above 0`),
    ...args.alertPercents.map((percent, at) =>
      must(percent > 0 && percent <= 1000, `alertPercents[${at}]`, `${percent} must be above 0 and at most 1000`),
    ),
    must(args.alertPercents.length <= 9, 'alertPercents', 'AWS takes 10 notifications, of which one is the forecast'),
    ...noTwice('alertPercents', args.alertPercents.map(String)),
    ...emailAddresses('emails', args.emails),
    must(args.emails.length <= 10, 'emails', 'AWS takes 10 addresses at most'),
    must(Object.keys(args.costTags).length > 0, 'costTags', 'without a tag every cost of the account would count'),
  ];
}

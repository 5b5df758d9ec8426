import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { type Fault, must, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';

export interface MonthlyBudgetArgs {
  /** Billing account `XXXXXX-XXXXXX-XXXXXX`. A change replaces the budget. */
  billingAccountId: string;
  /** Number of the project whose costs count. All of them: labels are missing on what balancers and traffic cost. */
  projectNumber: pulumi.Input<string>;
  /** US dollars a month, above 0; whole dollars count. The billing account must be in US dollars. */
  monthlyUsd: number;
  /** Percent of the budget at which somebody is told that it is spent, e.g. `[50, 80, 100]`. */
  alertPercents: number[];
  /** Channels that are told, 5 at most (Google's limit). Billing administrators are told in any case. */
  channelIds: pulumi.Input<string>[];
}

/** Channels that one budget may tell. */
export const mostChannels = 5;

/**
 * A monthly budget of a project's costs. People are told when a part of it is spent, and as soon as Google's forecast for
 * the month is above the whole. It stops nothing.
 *
 * Cost: nothing.
 *
 * ```ts
 * new MonthlyBudget('pulse-prod-budget', {
 *   billingAccountId: '012345-6789AB-CDEF01', projectNumber: project.number, monthlyUsd: 400,
 *   alertPercents: [80, 100], channelIds: channels.ids,
 * });
 * ```
 */
export class MonthlyBudget extends pulumi.ComponentResource {
  readonly budget: gcp.billing.Budget;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: MonthlyBudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('MonthlyBudget', name, faultsOf(args));
    super('stackladder:gcp:MonthlyBudget', name, {}, opts);
    const tells = args.channelIds.length > 0;
    this.budget = new gcp.billing.Budget(
      nameOf('gcp', name),
      {
        billingAccount: args.billingAccountId,
        displayName: name.slice(0, 60),
        amount: { specifiedAmount: { currencyCode: 'USD', units: String(Math.ceil(args.monthlyUsd)) } },
        budgetFilter: {
          projects: [pulumi.interpolate`projects/${args.projectNumber}`],
          calendarPeriod: 'MONTH',
        },
        thresholdRules: thresholds(args.alertPercents),
        allUpdatesRule: tells ? { monitoringNotificationChannels: args.channelIds } : undefined,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** Told when a percentage is really spent, and when the whole is expected to be. */
export function thresholds(percents: number[]): gcp.types.input.billing.BudgetThresholdRule[] {
  return [
    ...percents.map((percent) => ({ thresholdPercent: percent / 100, spendBasis: 'CURRENT_SPEND' })),
    { thresholdPercent: 1, spendBasis: 'FORECASTED_SPEND' },
  ];
}

function faultsOf(args: MonthlyBudgetArgs): Fault[] {
  return [
    must(
      /^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/.test(args.billingAccountId),
      'billingAccountId',
      `"${args.billingAccountId}" must look like 012345-6789AB-CDEF01`,
    ),
    must(args.monthlyUsd > 0 && Number.isFinite(args.monthlyUsd), 'monthlyUsd', `${args.monthlyUsd} must be above 0`),
    ...args.alertPercents.map((percent, at) =>
      must(percent > 0 && percent <= 1000, `alertPercents[${at}]`, `${percent} must be above 0 and at most 1000`),
    ),
    ...noTwice('alertPercents', args.alertPercents.map(String)),
    must(args.channelIds.length <= mostChannels, 'channelIds', `Google takes ${mostChannels} channels at most`),
  ];
}

import { problem } from '../../model/errors';
import { uuid } from '../../model/ids';
import { list, matches, number, text } from '../../model/reading';
import { google } from '../google';
import { gcp, shaped, to } from '../parts';
import { notificationChannel } from './channels';

export const budget = google({
  token: gcp('billing', 'Budget'),
  id: 'billingAccounts/{billingAccount}/budgets/new',
  required: ['amount', 'billingAccount'],
  references: [to('allUpdatesRule.monitoringNotificationChannels.*', [notificationChannel.token])],
  enumerations: {
    ownershipScope: ['OWNERSHIP_SCOPE_UNSPECIFIED', 'ALL_USERS', 'BILLING_ACCOUNT'],
    'budgetFilter.creditTypesTreatment': ['INCLUDE_ALL_CREDITS', 'EXCLUDE_ALL_CREDITS', 'INCLUDE_SPECIFIED_CREDITS'],
    'budgetFilter.calendarPeriod': ['MONTH', 'QUARTER', 'YEAR', 'CALENDAR_PERIOD_UNSPECIFIED'],
    'thresholdRules.*.spendBasis': ['CURRENT_SPEND', 'FORECASTED_SPEND'],
  },
  replaceOn: ['billingAccount'],
  sets: ['budgetFilter.projects', 'thresholdRules'],
  keeps: ['budgetFilter', 'ownershipScope'],
  computed: ['name'],
  check: (inputs) => {
    const problems = shaped(
      inputs,
      'billingAccount',
      /^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/,
      'a billing account such as 0123AB-4567CD-89EF01',
    );
    const units = number(inputs, 'amount.specifiedAmount.units');
    if (units !== undefined && units <= 0)
      problems.push(problem('amount', 'INVALID_ARGUMENT: the amount must be above zero'));
    const loose = matches(inputs, 'budgetFilter.projects.*').find(
      ({ value }) => !/^projects\/\d+$|^[0-9a-f-]{36}$/.test(String(value)),
    );
    if (loose)
      problems.push(
        problem(
          'budgetFilter',
          `INVALID_ARGUMENT: a project is named by its number, projects/123, not ${String(loose.value)}`,
        ),
      );
    if (list(inputs, 'allUpdatesRule.monitoringNotificationChannels').length > 5) {
      problems.push(problem('allUpdatesRule', 'INVALID_ARGUMENT: a budget has at most five notification channels'));
    }
    return problems;
  },
  make: ({ inputs }) => {
    const account = text(inputs, 'billingAccount') ?? '';
    const id = `billingAccounts/${account}/budgets/${uuid()}`;
    return { id, state: { name: id } };
  },
});

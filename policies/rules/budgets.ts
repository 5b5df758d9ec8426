import { fail, type Judgement, pass, unknown } from '../judge';
import type { Resource, StackRule } from '../rule';
import { at, list, numeric, present, UNKNOWN } from '../values';

const budget = 'aws:budgets/budget:Budget';
/** Percent of the budget at which somebody must be told. */
const alertPercents = [80, 100];

export const budgetWithAlerts: StackRule = {
  id: 'budget-with-alerts',
  title: 'A budget exists and tells somebody at 80 and at 100 percent',
  why: 'Autoscaling spends money by itself; without a budget the invoice is the first alarm.',
  mend: 'Add an aws.budgets.Budget with notifications at 80 and 100 percent and a subscriber (alertEmails).',
  severity: 'advisory',
  controls: [],
  scope: 'stack',
  types: [budget],
  check(stack) {
    const budgets = stack.ofType(budget);
    // A stack of nothing that costs money needs none.
    const first = stack.resources.find((resource) => resource.type.startsWith('aws:'));
    if (budgets.length === 0) return first ? [{ resource: first, judgements: [fail('the stack has no budget')] }] : [];
    return budgets.map((resource) => ({
      resource,
      judgements: alertPercents.map((percent) => told(resource, percent)),
    }));
  },
};

function told(resource: Resource, percent: number): Judgement {
  const notifications = resource.props.notifications;
  if (notifications === UNKNOWN || list(notifications).includes(UNKNOWN)) return unknown('notifications');
  const heard = list(notifications).filter((notification) => numeric(at(notification, 'threshold')) === percent);
  const somebody = heard.some((notification) =>
    ['subscriberEmailAddresses', 'subscriberSnsTopicArns'].some((who) => present(at(notification, who))),
  );
  if (somebody) return pass;
  const unsure = list(notifications).some((notification) => at(notification, 'threshold') === UNKNOWN);
  return unsure ? unknown('notifications.threshold') : fail(`it tells nobody at ${percent} percent`);
}

export const budgetRules = [budgetWithAlerts];

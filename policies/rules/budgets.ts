import { fail, inspect, type Judgement, pass, unknown } from '../judge';
import type { Resource, StackRule } from '../rule';
import { at, list, numeric, present, UNKNOWN } from '../values';

const budget = 'aws:budgets/budget:Budget';
const googleBudget = 'gcp:billing/budget:Budget';
/** Clouds that have budgets as resources, by the start of their types. DigitalOcean has billing alerts of the account only. */
const billed = ['aws:', 'gcp:'];
/** Percent of the budget at which somebody must be told. */
const alertPercents = [80, 100];

export const budgetWithAlerts: StackRule = {
  id: 'budget-with-alerts',
  title: 'A budget exists and tells somebody at 80 and at 100 percent',
  why: 'Autoscaling spends money by itself; without a budget the invoice is the first alarm.',
  mend: 'Add an aws.budgets.Budget with notifications at 80 and 100 percent and a subscriber (alertEmails); on Google Cloud name the billing account (billingAccountId).',
  severity: 'advisory',
  controls: [],
  scope: 'stack',
  types: [budget, googleBudget],
  check(stack) {
    const budgets = stack.ofType(budget, googleBudget);
    // A stack of nothing that costs money needs none.
    const first = stack.resources.find((resource) => billed.some((cloud) => resource.type.startsWith(cloud)));
    if (budgets.length === 0) return first ? [{ resource: first, judgements: [fail('the stack has no budget')] }] : [];
    return budgets.map((resource) => ({
      resource,
      judgements: alertPercents.map((percent) =>
        resource.type === budget ? told(resource, percent) : toldByGoogle(resource, percent),
      ),
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

/** Google tells the billing account's administrators unless it is told not to, and channels besides. */
function toldByGoogle(resource: Resource, percent: number): Judgement {
  return inspect(resource, ['thresholdRules', 'allUpdatesRule'], (rules, who) => {
    const thresholds = list(rules).map((rule) => at(rule, 'thresholdPercent'));
    const silent =
      at(who, 'disableDefaultIamRecipients') === true && !present(at(who, 'monitoringNotificationChannels'));
    if (silent && !present(at(who, 'pubsubTopic'))) return 'it tells nobody';
    const reached = thresholds.some((threshold) => Math.abs((numeric(threshold) ?? -1) * 100 - percent) < 0.001);
    if (reached) return undefined;
    return thresholds.includes(UNKNOWN) ? UNKNOWN : `it tells nobody at ${percent} percent`;
  });
}

export const budgetRules = [budgetWithAlerts];

import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { emailAddresses, must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import type { AlertShape } from './shapes';

export interface MonitorAlertsArgs {
  alerts: AlertShape[];
  /** What is watched: ids of balancers or databases, or tags of droplets. */
  entities?: pulumi.Input<string>[];
  tags?: pulumi.Input<string>[];
  /** Who is told. DigitalOcean takes addresses of the team alone, and only verified ones. */
  emails: string[];
}

/**
 * Alerts of DigitalOcean's own monitoring, by e-mail.
 *
 * Cost: none.
 */
export class MonitorAlerts extends pulumi.ComponentResource {
  readonly alerts: digitalocean.MonitorAlert[];

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: MonitorAlertsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('MonitorAlerts', name, [
      ...emailAddresses('emails', args.emails),
      must(args.emails.length > 0, 'emails', 'an alert that nobody hears is refused by DigitalOcean'),
      // Without either, an alert watches everything of its kind in the account.
      must((args.entities ?? args.tags ?? []).length > 0, 'entities', 'nothing is named that is watched'),
    ]);
    super('stackladder:digitalocean:MonitorAlerts', name, {}, opts);
    this.alerts = args.alerts.map(
      ({ type, value, window, description, severity }) =>
        new digitalocean.MonitorAlert(
          nameOf('digitalocean', name, ...partsOf(type, severity)),
          {
            type,
            compare: 'GreaterThan',
            value,
            window,
            description,
            entities: args.entities,
            tags: args.tags,
            alerts: { emails: args.emails },
          },
          { parent: this },
        ),
    );
    this.registerOutputs();
  }
}

function partsOf(type: string, severity: AlertShape['severity']): string[] {
  const last = type.split('/').pop()!.replaceAll('_', '-');
  return severity ? [last, severity] : [last];
}

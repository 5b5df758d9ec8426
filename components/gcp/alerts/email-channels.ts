import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { emailAddresses, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';

export interface EmailChannelsArgs {
  /** Who is told. May be empty. */
  emails: string[];
  labels?: Record<string, string>;
}

/**
 * The e-mail addresses that alerts and the budget tell, as channels of Cloud Monitoring. Nobody has to confirm.
 *
 * Cost: nothing.
 *
 * ```ts
 * const channels = new EmailChannels('pulse-prod-channels', { emails: ['ops@example.com'] });
 * ```
 */
export class EmailChannels extends pulumi.ComponentResource {
  /** `projects/…/notificationChannels/…`, one for each address. */
  readonly ids: pulumi.Output<string>[];

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, { emails, labels }: EmailChannelsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('EmailChannels', name, [...emailAddresses('emails', emails), ...noTwice('emails', emails)]);
    super('stackladder:gcp:EmailChannels', name, {}, opts);
    this.ids = emails.map(
      (email) =>
        new gcp.monitoring.NotificationChannel(
          nameOf('gcp', name, email),
          { displayName: email, type: 'email', labels: { email_address: email }, userLabels: labels },
          { parent: this },
        ).id,
    );
    this.registerOutputs({});
  }
}

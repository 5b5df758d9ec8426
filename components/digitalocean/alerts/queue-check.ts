import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { emailAddresses, must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';

export interface QueueCheckArgs {
  /** URL that answers 200 while all is well and 503 while too much waits. */
  target: string;
  /** Who is told. DigitalOcean takes addresses of the team alone, and only verified ones. */
  emails: string[];
}

/**
 * Tells that a queue is too long. DigitalOcean's monitoring takes no metrics of one's own, so the droplets look at the queue
 * and an uptime check asks them, from two parts of the world, each of which may be led to another region. Whatever keeps
 * the droplets from answering is told too.
 *
 * Cost: the first check of an account is free, each further one 1 USD a month.
 *
 * ```ts
 * new QueueCheck('sv-sdk-prod-email-queue', {
 *   target: 'https://app.example.com/.well-known/stackladder/queues/email-10000', emails: ['ops@example.com'],
 * });
 * ```
 */
export class QueueCheck extends pulumi.ComponentResource {
  readonly check: digitalocean.UptimeCheck;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: QueueCheckArgs, opts?: pulumi.ComponentResourceOptions) {
    const { target, emails } = args;
    refuseFaults('QueueCheck', name, [
      ...emailAddresses('emails', emails),
      must(emails.length > 0, 'emails', 'an alert that nobody hears is refused by DigitalOcean'),
      must(target.startsWith('https://'), 'target', `"${target}" must be an address by https`),
    ]);
    super('stackladder:digitalocean:QueueCheck', name, {}, opts);
    this.check = new digitalocean.UptimeCheck(
      nameOf('digitalocean', name),
      { target, type: 'https', regions: ['us_east', 'us_west'] },
      { parent: this },
    );
    new digitalocean.UptimeAlert(
      nameOf('digitalocean', name, 'long'),
      { checkId: this.check.id, type: 'down', period: '2m', notifications: [{ emails }] },
      { parent: this },
    );
    this.registerOutputs();
  }
}

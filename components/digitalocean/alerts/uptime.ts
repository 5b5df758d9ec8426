import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { emailAddresses, must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';

export interface UptimeArgs {
  /** URL that answers 200 when all is well, e.g. `https://api.example.com/health`. */
  target: string;
  /** Who is told. DigitalOcean takes addresses of the team alone, and only verified ones. Without any nobody is. */
  emails: string[];
}

/** Days before a certificate ends at which somebody is told; DigitalOcean renews its own a month before. */
const CERTIFICATE_DAYS = 14;

/**
 * Asks the service from outside, from four parts of the world, and tells when it is down, or its certificate is about to
 * end.
 *
 * Cost: the first check of an account is free, each further one 1 USD a month.
 */
export class Uptime extends pulumi.ComponentResource {
  readonly check: digitalocean.UptimeCheck;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: UptimeArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('Uptime', name, [
      ...emailAddresses('emails', args.emails),
      must(args.target.startsWith('https://'), 'target', `"${args.target}" must be an address by https`),
    ]);
    super('stackladder:digitalocean:Uptime', name, {}, opts);
    this.check = new digitalocean.UptimeCheck(
      nameOf('digitalocean', name),
      { target: args.target, type: 'https', regions: ['us_east', 'us_west', 'eu_west', 'se_asia'] },
      { parent: this },
    );
    if (args.emails.length > 0) {
      const notifications = [{ emails: args.emails }];
      new digitalocean.UptimeAlert(
        nameOf('digitalocean', name, 'down'),
        { checkId: this.check.id, type: 'down_global', period: '2m', notifications },
        { parent: this },
      );
      new digitalocean.UptimeAlert(
        nameOf('digitalocean', name, 'certificate'),
        {
          checkId: this.check.id,
          type: 'ssl_expiry',
          comparison: 'less_than',
          threshold: CERTIFICATE_DAYS,
          period: '1h',
          notifications,
        },
        { parent: this },
      );
    }
    this.registerOutputs();
  }
}

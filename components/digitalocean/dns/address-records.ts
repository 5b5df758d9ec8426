import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { recordName } from './record-name';

export interface AddressRecordsArgs {
  /** The domain at DigitalOcean's DNS, e.g. `example.com`. */
  domain: string;
  /** The host that gets the records, in that domain. A change moves them in place. */
  host: string;
  /** IPv4 addresses by a name of the caller's own that stays the same; a record each. */
  addresses: Record<string, pulumi.Input<string>>;
}

/** Short, so that a change of address is soon seen. */
const TTL_SECONDS = 60;

/**
 * A records of one host. Several addresses are answered all at once, in turn: DigitalOcean's DNS asks nobody's health
 * and does not know who is near.
 *
 * Cost: none.
 */
export class AddressRecords extends pulumi.ComponentResource {
  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: AddressRecordsArgs, opts?: pulumi.ComponentResourceOptions) {
    const record = recordName(args.host, args.domain);
    refuseFaults('AddressRecords', name, [
      must(record !== undefined, 'host', `"${args.host}" is not in the domain ${args.domain}`),
      must(Object.keys(args.addresses).length > 0, 'addresses', 'one address is needed at least'),
    ]);
    super('stackladder:digitalocean:AddressRecords', name, {}, opts);
    for (const [part, value] of Object.entries(args.addresses)) {
      new digitalocean.DnsRecord(
        nameOf('digitalocean', name, part),
        { domain: args.domain, type: 'A', name: record, value, ttl: TTL_SECONDS },
        { parent: this },
      );
    }
    this.registerOutputs();
  }
}

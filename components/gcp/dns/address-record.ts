import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { isDomainName } from '../../domain-name';
import { must, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';

export interface AddressRecordArgs {
  /** Cloud DNS managed zone, by its name, e.g. `example-zone`. A change replaces the record. */
  dnsZone: string;
  /** The name that clients use, e.g. `api.pulse.example.com`. A change replaces the record. */
  domain: string;
  /** Where it leads: one IPv4 address, or one a region, of which clients get the nearest. */
  addresses: { region: string; address: pulumi.Input<string> }[];
}

/** Seconds that a resolver keeps an answer. */
const ttl = 300;

/**
 * A name that leads to a balancer, or to the nearest of several.
 *
 * Cost: 0.40 USD per million queries, 0.70 with several addresses; the zone is 0.20 a month.
 *
 * ```ts
 * new AddressRecord('pulse-prod-api', {
 *   dnsZone: 'example-zone', domain: 'api.pulse.example.com', addresses: [{ region: 'us-central1', address }],
 * });
 * ```
 */
export class AddressRecord extends pulumi.ComponentResource {
  readonly record: gcp.dns.RecordSet;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: AddressRecordArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('AddressRecord', name, [
      must(isDomainName(args.domain), 'domain', `"${args.domain}" is not a domain name in lower case`),
      must(args.addresses.length > 0, 'addresses', 'a name must lead somewhere'),
      ...noTwice(
        'addresses',
        args.addresses.map(({ region }) => region),
      ),
    ]);
    super('stackladder:gcp:AddressRecord', name, {}, opts);
    const { dnsZone: managedZone, domain, addresses } = args;
    const [only, ...others] = addresses;
    this.record = new gcp.dns.RecordSet(
      nameOf('gcp', name),
      {
        managedZone,
        name: `${domain}.`,
        type: 'A',
        ttl,
        ...(others.length === 0
          ? { rrdatas: [only!.address] }
          : {
              routingPolicy: {
                geos: addresses.map(({ region, address }) => ({ location: region, rrdatas: [address] })),
              },
            }),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

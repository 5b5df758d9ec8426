import * as digitalocean from '@pulumi/digitalocean';
import * as pulumi from '@pulumi/pulumi';
import type { DigitalOceanAccount } from '../../../plan/accounts';
import { nameOf } from '../../naming';
import { recordName } from './record-name';

/**
 * The certificates of a stack: one by Let's Encrypt for each host, which DigitalOcean validates by its own DNS and renews
 * by itself, or the one that the user has. Each is made when it is asked for, once.
 */
export class Certificates {
  private readonly made = new Map<string, pulumi.Output<string>>();

  constructor(
    private readonly account: DigitalOceanAccount,
    private readonly options: pulumi.CustomResourceOptions,
  ) {}

  /**
   * Name of a certificate for the host. Renewal changes the id of a certificate and never its name.
   *
   * @throws Error where there is neither a certificate nor a domain to validate one by
   */
  nameFor(logicalName: string, host: string): pulumi.Output<string> {
    const { certificateName, dnsDomain } = this.account;
    if (certificateName !== undefined) return pulumi.output(certificateName);
    if (dnsDomain === undefined) {
      throw new Error(
        `${host} has no certificate: set digitalocean.dnsDomain to a domain at DigitalOcean's DNS, ` +
          `or digitalocean.certificateName to a certificate that is there`,
      );
    }
    if (recordName(host, dnsDomain) === undefined) {
      throw new Error(`${host} is not in digitalocean.dnsDomain (${dnsDomain}), so no certificate can be validated`);
    }
    const known = this.made.get(host);
    if (known) return known;
    const certificate = new digitalocean.Certificate(
      nameOf('digitalocean', logicalName),
      { type: 'lets_encrypt', domains: [host] },
      this.options,
    );
    this.made.set(host, certificate.name);
    return certificate.name;
  }
}

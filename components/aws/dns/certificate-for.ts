import * as pulumi from '@pulumi/pulumi';
import { ValidatedCertificate } from './certificate';

/** The certificate of a name in a region: the user's own where configuration gives one, otherwise a new, validated one. */
export function certificateFor(
  name: string,
  args: {
    region: string;
    domain: string;
    /** Certificates of the user's own, by region. */
    given: Record<string, string>;
    zoneId?: string;
    tags: Record<string, string>;
    options: pulumi.ComponentResourceOptions;
  },
): pulumi.Output<string> {
  const { region, domain, given, zoneId, tags, options } = args;
  const own = given[region];
  if (own) return pulumi.output(own);
  if (!zoneId) throw new Error(`${domain} has neither a certificate in ${region} nor a DNS zone to validate one in`);
  return new ValidatedCertificate(name, { region, domain, zoneId, tags }, options).arn;
}

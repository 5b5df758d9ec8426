import * as pulumi from '@pulumi/pulumi';
import { ValidatedCertificate } from './certificate';

/**
 * The certificates of a stack: the user's own where configuration gives one for a region, otherwise new, validated
 * ones. One name in two regions is proven by one DNS record, which the first region's certificate owns.
 */
export class Certificates {
  private readonly made = new Map<string, ValidatedCertificate>();

  constructor(
    /** Certificates of the user's own, by region. */
    private readonly own: Record<string, string>,
    private readonly zoneId: string | undefined,
    private readonly tags: Record<string, string>,
    private readonly options: pulumi.ComponentResourceOptions,
  ) {}

  /**
   * @param alternativeNames further names, the same in every region
   * @throws Error where there is neither a certificate of the user's own nor a zone to prove a new one in
   */
  arn(name: string, domain: string, region: string, alternativeNames?: string[]): pulumi.Output<string> {
    const own = this.own[region];
    if (own) return pulumi.output(own);
    const { zoneId, tags } = this;
    if (!zoneId) throw new Error(`${domain} has neither a certificate in ${region} nor a DNS zone to prove one in`);
    const validatedBy = this.made.get(domain);
    const certificate = new ValidatedCertificate(
      name,
      { region, domain, alternativeNames, zoneId, validatedBy, tags },
      this.options,
    );
    if (!validatedBy) this.made.set(domain, certificate);
    return certificate.arn;
  }
}

import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { type Fault, must, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { isDomainOrWildcard } from '../../domain-name';

export interface ValidatedCertificateArgs {
  /** Region whose services use it, e.g. `us-east-1`, which is also the only one for CloudFront. Default: the provider's. */
  region?: string;
  /** The name on the certificate, e.g. `api.pulse.example.com`, or `*.example.com`. A change makes a new certificate. */
  domain: string;
  /** Further names on it. Default: none. A change makes a new certificate. */
  alternativeNames?: string[];
  /** Route 53 zone of all the names, where the proof of ownership is kept for every renewal. */
  zoneId: pulumi.Input<string>;
  /**
   * A certificate of the same names in another region of the same account. ACM asks both for the same records, and a
   * record has one owner: with this, no records are made here. Default: they are.
   */
  validatedBy?: ValidatedCertificate;
  tags?: Record<string, string>;
}

/**
 * A public TLS certificate of AWS Certificate Manager that is issued when this component is done: ACM's proof records
 * are in Route 53, and stay there, so that renewal needs nobody.
 *
 * Cost: nothing; the zone is 0.50 USD a month.
 *
 * ```ts
 * const certificate = new ValidatedCertificate('pulse-prod-api', { domain: 'api.pulse.example.com', zoneId: 'Z0123456789' });
 * ```
 */
export class ValidatedCertificate extends pulumi.ComponentResource {
  /** ARN, known once the certificate is issued: a listener that took it earlier would be refused. */
  readonly arn: pulumi.Output<string>;
  readonly certificate: aws.acm.Certificate;
  /** Names of the proof records, whoever owns them. */
  readonly recordNames: pulumi.Output<string>[];

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ValidatedCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ValidatedCertificate', name, faultsOf(args));
    super('stackladder:aws:ValidatedCertificate', name, {}, opts);
    this.certificate = new aws.acm.Certificate(
      nameOf('aws:acm', name),
      {
        region: args.region,
        domainName: args.domain,
        subjectAlternativeNames: args.alternativeNames,
        validationMethod: 'DNS',
        tags: args.tags,
      },
      { parent: this },
    );
    this.recordNames = args.validatedBy?.recordNames ?? this.proofRecords(name, args);
    const validation = new aws.acm.CertificateValidation(
      nameOf('aws:acm', name),
      { region: args.region, certificateArn: this.certificate.arn, validationRecordFqdns: this.recordNames },
      { parent: this },
    );
    this.arn = validation.certificateArn;
    this.registerOutputs({ arn: this.arn });
  }

  /** As many as the plain list of names says, so that a preview shows them all. */
  private proofRecords(name: string, args: ValidatedCertificateArgs): pulumi.Output<string>[] {
    return provenNames([args.domain, ...(args.alternativeNames ?? [])]).map((proven) => {
      const option = this.certificate.domainValidationOptions.apply((options) => optionOf(options, proven));
      const record = new aws.route53.Record(
        nameOf('aws:route53', name, proven),
        {
          zoneId: args.zoneId,
          name: option.resourceRecordName,
          type: option.resourceRecordType,
          records: [option.resourceRecordValue],
          ttl: 300,
          allowOverwrite: true, // left over from an earlier certificate of the name, it has the same content
        },
        { parent: this },
      );
      return record.fqdn;
    });
  }
}

/** The names that need a proof each: a wildcard has its parent's, so `*.a.com` and `a.com` are one. */
export function provenNames(names: string[]): string[] {
  return [...new Set(names.map((name) => name.replace(/^\*\./, '')))];
}

type ValidationOption = {
  domainName: string;
  resourceRecordName: string;
  resourceRecordType: string;
  resourceRecordValue: string;
};

/**
 * What ACM asks for one name. ACM lists in no order, so the name decides.
 *
 * @throws Error where it is not in the list
 */
export function optionOf(options: ValidationOption[], name: string): ValidationOption {
  const found = options.find((option) => option.domainName.replace(/^\*\./, '') === name);
  if (!found) throw new Error(`ACM names no validation record for ${name}`);
  return found;
}

function faultsOf(args: ValidatedCertificateArgs): Fault[] {
  const names = [args.domain, ...(args.alternativeNames ?? [])];
  const paths = names.map((_, at) => (at === 0 ? 'domain' : `alternativeNames[${at - 1}]`));
  return [
    ...names.map((name, at) =>
      must(isDomainOrWildcard(name), paths[at]!, `"${name}" is not a domain name in lower case`),
    ),
    must(
      args.domain.length <= 64,
      'domain',
      'ACM takes 64 characters at most; put a longer name among the alternatives',
    ),
    ...noTwice('alternativeNames', names),
  ];
}

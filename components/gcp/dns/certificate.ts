import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { isDomainName } from '../../domain-name';
import { must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';

export interface ManagedCertificateArgs {
  /** The name on the certificate, e.g. `api.pulse.example.com`. A change makes a new certificate. */
  domain: string;
  /**
   * Cloud DNS managed zone of the name, where the proof of ownership is kept for every renewal. Without it Google proves
   * the name by the balancer itself: the certificate is issued once the name leads there, and TLS begins with it.
   */
  dnsZone?: string;
  labels?: Record<string, string>;
}

/**
 * A public TLS certificate that Google makes and renews.
 *
 * Cost: nothing up to 100 certificates.
 *
 * ```ts
 * const certificate = new ManagedCertificate('pulse-prod-api', { domain: 'api.pulse.example.com', dnsZone: 'example-zone' });
 * ```
 */
export class ManagedCertificate extends pulumi.ComponentResource {
  /** The part of an HTTPS proxy that names the certificate; which one depends on how it was proven. */
  readonly proxyArgs: Pick<gcp.compute.TargetHttpsProxyArgs, 'certificateMap' | 'sslCertificates'>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ManagedCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ManagedCertificate', name, [
      must(
        isDomainName(args.domain) && args.domain.length <= 253,
        'domain',
        `"${args.domain}" is not a domain name in lower case`,
      ),
    ]);
    super('stackladder:gcp:ManagedCertificate', name, {}, opts);
    this.proxyArgs =
      args.dnsZone === undefined ? this.provenByBalancer(name, args) : this.provenByDns(name, args, args.dnsZone);
    this.registerOutputs({});
  }

  private provenByBalancer(name: string, { domain }: ManagedCertificateArgs) {
    const certificate = new gcp.compute.ManagedSslCertificate(
      nameOf('gcp:compute', name),
      { managed: { domains: [domain] } },
      { parent: this },
    );
    return { sslCertificates: [certificate.id] };
  }

  private provenByDns(name: string, { domain, labels }: ManagedCertificateArgs, dnsZone: string) {
    const authorization = new gcp.certificatemanager.DnsAuthorization(
      nameOf('gcp:certificatemanager', name),
      { domain, labels },
      { parent: this },
    );
    const proof = authorization.dnsResourceRecords.apply((records) => records[0]!);
    const record = new gcp.dns.RecordSet(
      nameOf('gcp', name, 'proof'),
      { managedZone: dnsZone, name: proof.name, type: proof.type, ttl: 300, rrdatas: [proof.data] },
      { parent: this },
    );
    const certificate = new gcp.certificatemanager.Certificate(
      nameOf('gcp:certificatemanager', name),
      { managed: { domains: [domain], dnsAuthorizations: [authorization.id] }, labels },
      { parent: this, dependsOn: [record] },
    );
    const map = new gcp.certificatemanager.CertificateMap(
      nameOf('gcp:certificatemanager', name),
      { labels },
      { parent: this },
    );
    const entry = new gcp.certificatemanager.CertificateMapEntry(
      nameOf('gcp:certificatemanager', name),
      { map: map.name, hostname: domain, certificates: [certificate.id], labels },
      { parent: this },
    );
    // By way of the entry, so that a proxy never takes a map with nothing in it.
    const certificateMap = pulumi.all([map.id, entry.id]).apply(([id]) => `//certificatemanager.googleapis.com/${id}`);
    return { certificateMap };
  }
}

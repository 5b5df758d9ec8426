import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { AddressRecord } from '../dns/address-record';
import { ManagedCertificate } from '../dns/certificate';

export interface HttpsFrontArgs {
  /** The name that clients use, e.g. `api.pulse.example.com`. */
  domain: string;
  /** Cloud DNS managed zone that gets its records. Default: they are the caller's to make. */
  dnsZone?: string;
  /**
   * Map of Certificate Manager that has a certificate of the name: `projects/<project>/locations/global/certificateMaps/<name>`.
   * Default: a certificate is made.
   */
  certificateMap?: string;
  /** Whether the name's record is made here too, in the zone. Default: true. */
  leads?: boolean;
  /** What answers, by path. */
  urlMap: pulumi.Input<string>;
  /** Seconds that a client's connection may be idle between two requests, 5 to 1200. A change replaces the HTTPS proxy. */
  idleSeconds: number;
  labels?: Record<string, string>;
}

/**
 * The front of a global external Application Load Balancer: one address for the whole world, answered at the edge that
 * is nearest; HTTPS with TLS 1.2 at least and a managed certificate; HTTP that is only redirected.
 *
 * Cost: 0.025 USD an hour for the first five forwarding rules together, 18.25 a month, and 0.008 per GB.
 *
 * ```ts
 * const front = new HttpsFront('pulse-prod-api', {
 *   domain: 'api.pulse.example.com', dnsZone: 'example-zone', urlMap: urlMap.id, idleSeconds: 60,
 * });
 * ```
 */
export class HttpsFront extends pulumi.ComponentResource {
  readonly address: gcp.compute.GlobalAddress;
  readonly url: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: HttpsFrontArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('HttpsFront', name, [
      wholeNumber('idleSeconds', args.idleSeconds, 5, 1200),
      args.certificateMap === undefined
        ? undefined
        : must(
            /^projects\/[^/]+\/locations\/global\/certificateMaps\/[^/]+$/.test(args.certificateMap),
            'certificateMap',
            `"${args.certificateMap}" must be projects/<project>/locations/global/certificateMaps/<name>`,
          ),
    ]);
    super('stackladder:gcp:HttpsFront', name, {}, opts);
    this.address = new gcp.compute.GlobalAddress(
      nameOf('gcp:compute', name),
      { addressType: 'EXTERNAL', ipVersion: 'IPV4', labels: args.labels },
      { parent: this },
    );
    this.listen(name, 'https', '443', this.secureProxy(name, args).id, args);
    this.listen(name, 'http', '80', this.redirectingProxy(name).id, args);
    if (args.dnsZone !== undefined && args.leads !== false) this.lead(name, args.dnsZone, args.domain);
    this.url = pulumi.output(`https://${args.domain}`);
    this.registerOutputs({ address: this.address.address });
  }

  private secureProxy(name: string, args: HttpsFrontArgs): gcp.compute.TargetHttpsProxy {
    const policy = new gcp.compute.SSLPolicy(
      nameOf('gcp:compute', name),
      { minTlsVersion: 'TLS_1_2', profile: 'MODERN' },
      { parent: this },
    );
    return new gcp.compute.TargetHttpsProxy(
      nameOf('gcp:compute', name),
      {
        urlMap: args.urlMap,
        sslPolicy: policy.id,
        ...this.certificates(name, args),
        httpKeepAliveTimeoutSec: args.idleSeconds,
      },
      // The provider takes a proxy's certificates away before it gives it a map, and Google lets no proxy be without either.
      // So a new proxy takes over from the old one.
      { parent: this, replaceOnChanges: ['certificateMap'] },
    );
  }

  private certificates(name: string, { domain, dnsZone, labels, certificateMap: map }: HttpsFrontArgs) {
    if (map !== undefined) return { certificateMap: `//certificatemanager.googleapis.com/${map}` };
    return new ManagedCertificate(name, { domain, dnsZone, labels }, { parent: this }).proxyArgs;
  }

  private redirectingProxy(name: string): gcp.compute.TargetHttpProxy {
    const redirect = new gcp.compute.URLMap(
      nameOf('gcp:compute', name, 'redirect'),
      {
        defaultUrlRedirect: {
          httpsRedirect: true,
          redirectResponseCode: 'MOVED_PERMANENTLY_DEFAULT',
          stripQuery: false,
        },
      },
      { parent: this },
    );
    return new gcp.compute.TargetHttpProxy(
      nameOf('gcp:compute', name, 'redirect'),
      { urlMap: redirect.id },
      { parent: this },
    );
  }

  private listen(
    name: string,
    part: string,
    portRange: string,
    target: pulumi.Output<string>,
    { labels }: HttpsFrontArgs,
  ): void {
    new gcp.compute.GlobalForwardingRule(
      nameOf('gcp:compute', name, part),
      {
        target,
        ipAddress: this.address.id,
        ipProtocol: 'TCP',
        portRange,
        loadBalancingScheme: 'EXTERNAL_MANAGED',
        labels,
      },
      { parent: this },
    );
  }

  private lead(name: string, dnsZone: string, domain: string): void {
    const addresses = [{ region: 'global', address: this.address.address }];
    new AddressRecord(name, { dnsZone, domain, addresses }, { parent: this });
  }
}

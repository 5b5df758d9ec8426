import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { HttpsFront } from '../entry/https-front';
import { nameOf } from '../../naming';
import type { StoredSecret } from '../secrets/stored-secret';
import { type ContentDeliveryArgs, refuseWrongDelivery } from './arguments';
import { createReader, openOrigin } from './open-origin';
import { signedOrigin } from './signed-origin';

export type { ContentDeliveryArgs };

/** What signs URLs of private content: the name that goes into them, and where the key is. */
export interface ContentSigning {
  keyName: pulumi.Output<string>;
  /** Holds the key, 16 bytes as base64url. */
  secret: StoredSecret;
}

/** Seconds that a client's connection may be idle; Google's own default. */
const idleSeconds = 610;

/**
 * Cloud CDN in front of private buckets. Open content is fetched with an account of its own, so that its bucket stays
 * closed to the world; private content answers signed URLs alone. Cloud CDN signs with one key on both sides (HMAC,
 * `SigningKey`); a public key in PEM form means nothing to it.
 *
 * Cost: the balancer's rules share their 0.025 USD an hour with the service's (`HttpsFront`); 0.08 per GB to North America
 * and Europe, 0.0075 per 10,000 requests, 0.02 per GB that is fetched.
 *
 * ```ts
 * const content = new ContentDelivery('pulse-prod-content', {
 *   projectId: 'example-project-123', projectNumber: project.number, domain: 'static.pulse.example.com',
 *   origins: [{ pathPattern: '*', name: 'static', bucket: assets, maxAgeSeconds: 86_400, signed: false }],
 * });
 * ```
 */
export class ContentDelivery extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;
  /** Undefined where no origin is signed. */
  readonly signing?: ContentSigning;
  readonly urlMap: gcp.compute.URLMap;
  readonly front: HttpsFront;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ContentDeliveryArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseWrongDelivery(name, args);
    super('stackladder:gcp:ContentDelivery', name, {}, opts);
    const { backends, keyNames } = this.openOrigins(name, args, args.signingKey?.value);
    const [keyName] = keyNames;
    if (args.signingKey && keyName) this.signing = { keyName, secret: args.signingKey.secret };
    this.urlMap = this.createUrlMap(name, args, backends);
    const { domain, dnsZone, certificateMap, labels } = args;
    this.front = new HttpsFront(
      name,
      { domain, dnsZone, certificateMap, urlMap: this.urlMap.id, idleSeconds, labels },
      { parent: this },
    );
    this.url = this.front.url;
    this.registerOutputs({ url: this.url });
  }

  private openOrigins(name: string, args: ContentDeliveryArgs, key: pulumi.Output<string> | undefined) {
    const reader = args.origins.some(({ signed }) => !signed) ? createReader(name, args, this) : undefined;
    const backends: pulumi.Output<string>[] = [];
    const keyNames: pulumi.Output<string>[] = [];
    for (const origin of args.origins) {
      const own = `${name}-${origin.name}`;
      if (key && origin.signed) {
        const { id, keyName } = signedOrigin(own, origin, args, key, this);
        backends.push(id);
        keyNames.push(keyName);
      } else if (reader) {
        backends.push(openOrigin(own, origin, reader, this));
      }
    }
    return { backends, keyNames };
  }

  private createUrlMap(
    name: string,
    { origins }: ContentDeliveryArgs,
    backends: pulumi.Output<string>[],
  ): gcp.compute.URLMap {
    const [defaultService, ...others] = backends;
    const pathRules = others.map((service, at) => ({ paths: [origins[at + 1]!.pathPattern], service }));
    const byPath =
      pathRules.length === 0
        ? {}
        : {
            hostRules: [{ hosts: ['*'], pathMatcher: 'content' }],
            pathMatchers: [{ name: 'content', defaultService, pathRules }],
          };
    return new gcp.compute.URLMap(nameOf('gcp:compute', name), { defaultService, ...byPath }, { parent: this });
  }
}

import * as cloudflare from '@pulumi/cloudflare';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../naming';
import type { EntryAddress } from '../platform';
import { type FrontDoorArgs, refuseWrongFrontDoor } from './arguments';
import { cacheRules } from './cache-rules';
import { zoneSettings } from './zone-settings';

/** "Automatic", the one value that a proxied record takes (Cloudflare's API: DNS records). */
const AUTOMATIC_TTL = 1;

/**
 * Cloudflare in front of a system: proxied records that lead its names to the entry and the content, and the settings and
 * cache rules of the zone. Clients see Cloudflare's addresses and certificate; the entry keeps its own, which is checked.
 *
 * Settings and cache rules are of the **whole zone**, and Cloudflare has one list of cache rules in each. A stack that
 * shares its zone says so (`sharedZone`) and makes its records alone. Settings stay as they are when the stack goes: they
 * cannot be deleted. A zone's own name works too: Cloudflare answers it with the addresses behind (CNAME flattening).
 *
 * Cost: nothing on the free plan, which has all of this: 10 cache rules (2 at most are used), HTTP/3, Brotli, WebSockets.
 * Higher plans add what is not used here: tags on records, regular expressions in rules, cache keys of one's own.
 *
 * ```ts
 * new FrontDoor('mercenary-prod-front-door', {
 *   zoneId: '023e105f4ecef8ad9ca31a8372d0c353', zoneName: 'example.com', cachedPaths: ['/static/*'], http3: true, brotli: true,
 *   entry: { host: 'api.example.com', target: entry.target }, comment: 'Mercenary, prod',
 * }, { provider });
 * ```
 */
export class FrontDoor extends pulumi.ComponentResource {
  readonly records: cloudflare.DnsRecord[];
  readonly settings: cloudflare.ZoneSetting[];
  /** Undefined where nothing is cached by rule. */
  readonly cacheRules?: cloudflare.Ruleset;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: FrontDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseWrongFrontDoor(name, args);
    super('stackladder:cloudflare:FrontDoor', name, {}, opts);
    this.records = [
      ...this.lead(name, 'entry', args, args.entry.host, args.entry.target),
      ...args.furtherHosts.flatMap((host) => this.lead(name, `entry-${host}`, args, host, args.entry.target)),
      ...(args.content ? this.lead(name, 'content', args, args.content.host, args.content.target) : []),
    ];
    this.settings = args.sharedZone ? [] : this.set(name, args);
    this.cacheRules = args.sharedZone ? undefined : this.cache(name, args);
    this.registerOutputs();
  }

  /** Records of one name: a CNAME to another, or an A record for each address. */
  private lead(
    name: string,
    part: string,
    { zoneId, comment }: FrontDoorArgs,
    host: string,
    target: EntryAddress,
  ): cloudflare.DnsRecord[] {
    const record = (suffix: string, type: 'A' | 'CNAME', content: pulumi.Input<string>) =>
      new cloudflare.DnsRecord(
        nameOf('cloudflare', name, suffix),
        { zoneId, name: host, type, content, proxied: true, ttl: AUTOMATIC_TTL, comment },
        { parent: this },
      );
    if (target.kind === 'name') return [record(part, 'CNAME', target.name)];
    return target.addresses.map((address, at) => record(`${part}-${at}`, 'A', address));
  }

  private set(name: string, args: FrontDoorArgs): cloudflare.ZoneSetting[] {
    return Object.entries(zoneSettings(args)).map(
      ([settingId, value]) =>
        new cloudflare.ZoneSetting(
          nameOf('cloudflare', name, settingId.replaceAll('_', '-')),
          { zoneId: args.zoneId, settingId, value },
          { parent: this },
        ),
    );
  }

  private cache(name: string, { zoneId, entry, content, cachedPaths }: FrontDoorArgs): cloudflare.Ruleset | undefined {
    const rules = cacheRules(entry.host, cachedPaths, content && { host: content.host, signed: content.signedPaths });
    if (rules.length === 0) return undefined;
    return new cloudflare.Ruleset(
      nameOf('cloudflare', name, 'cache'),
      {
        zoneId,
        name: 'Cache rules',
        kind: 'zone',
        phase: 'http_request_cache_settings',
        rules: rules.map(({ description, expression, cache }, at) => ({
          ref: `cache-${at}`, // of the program's own choice, so that a rule keeps its id when it changes
          description,
          expression,
          action: 'set_cache_settings',
          actionParameters: cache ? { cache, edgeTtl: { mode: 'respect_origin' } } : { cache },
        })),
      },
      { parent: this },
    );
  }
}

import { isIPv4, isIPv6 } from 'node:net';
import type { Cloud } from '../model/cloud';
import { CloudError, problem, type Problem } from '../model/errors';
import { hex } from '../model/ids';
import { flag, list, number, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import type { Bag } from '../model/values';
import type { StoredResource } from '../store/record';
import { checkZone, flare, now } from './parts';

/** What Cloudflare can stand in front of. */
const proxiable = ['A', 'AAAA', 'CNAME'];
const isHost = (value: string): boolean => /^([A-Za-z0-9_-]+\.)+[A-Za-z0-9-]+\.?$/.test(value);
const isPrivate = (address: string): boolean =>
  /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address);

/** A record of a zone on the free plan. Any host is taken to be in the zone, whose name no request says. */
export const dnsRecord: ResourceType = {
  token: flare('DnsRecord'),
  required: ['name', 'ttl', 'type', 'zoneId'],
  enumerations: { type: ['A', 'AAAA', 'CAA', 'CNAME', 'HTTPS', 'MX', 'NS', 'SRV', 'SVCB', 'TXT', 'URI'] },
  replaceOn: ['zoneId'],
  computed: ['createdOn', 'meta', 'modifiedOn', 'proxiable'],
  defaults: { proxied: false },
  check: (inputs) => [...checkZone(inputs), ...checkTtl(inputs), ...checkContent(inputs), ...checkPlan(inputs)],
  create: ({ inputs, cloud }) => {
    refuseClash(inputs, cloud);
    const at = now();
    return {
      id: hex(32),
      state: {
        createdOn: at,
        modifiedOn: at,
        meta: '{}',
        proxiable: proxiable.includes(text(inputs, 'type') ?? ''),
      },
    };
  },
  update: ({ inputs, cloud, record }) => {
    refuseClash(inputs, cloud, record);
    return { state: { modifiedOn: now() } };
  },
  changing: () => ['modifiedOn'],
};

function checkTtl(inputs: Bag): Problem[] {
  const ttl = number(inputs, 'ttl');
  if (ttl === undefined || ttl === 1) return [];
  if (flag(inputs, 'proxied') === true) return [problem('ttl', 'ttl must be set to 1 when `proxied` is true')];
  return ttl >= 60 && ttl <= 86_400
    ? []
    : [problem('ttl', '9021: TTL must be between 60 and 86400 seconds, or 1 for Automatic.')];
}

function checkContent(inputs: Bag): Problem[] {
  const [type = '', content] = [text(inputs, 'type'), text(inputs, 'content')];
  const proxied = flag(inputs, 'proxied') === true;
  if (proxied && !proxiable.includes(type)) {
    return [problem('proxied', '9004: This record type cannot be proxied.')];
  }
  if (content === undefined) return [];
  const right: Record<string, (value: string) => boolean> = { A: isIPv4, AAAA: isIPv6, CNAME: isHost };
  if (right[type] && !right[type](content)) {
    const kind = { A: 'a valid IPv4 address', AAAA: 'a valid IPv6 address', CNAME: 'a valid host name' }[type];
    return [problem('content', `9005: Content for ${type} record must be ${kind}.`)];
  }
  return proxied && type === 'A' && isPrivate(content)
    ? [problem('content', `9003: Target ${content} is not allowed for a proxied record.`)]
    : [];
}

/** The free plan keeps comments of 100 characters, and no tags. */
function checkPlan(inputs: Bag): Problem[] {
  const [comment = '', tags] = [text(inputs, 'comment'), list(inputs, 'tags').length];
  return [
    ...(comment.length > 100 ? [problem('comment', '9310: DNS record comment exceeds 100 characters.')] : []),
    ...(tags > 0 ? [problem('tags', `9300: DNS record has ${tags} tags, exceeding the quota of 0.`)] : []),
  ];
}

/** One CNAME has its host for itself; addresses of a host differ. */
function refuseClash(inputs: Bag, cloud: Cloud, self?: StoredResource): void {
  const same = cloud
    .all(flare('DnsRecord'))
    .filter(
      (record) =>
        record.id !== self?.id &&
        text(record.inputs, 'zoneId') === text(inputs, 'zoneId') &&
        text(record.inputs, 'name') === text(inputs, 'name') &&
        proxiable.includes(text(record.inputs, 'type') ?? ''),
    );
  const type = text(inputs, 'type') ?? '';
  if (!proxiable.includes(type)) return;
  for (const other of same) {
    if (type === 'CNAME' || text(other.inputs, 'type') === 'CNAME') {
      throw new CloudError('81053', 'An A, AAAA, or CNAME record with that host already exists.');
    }
    if (text(other.inputs, 'content') === text(inputs, 'content')) {
      throw new CloudError('81058', 'An identical record already exists.');
    }
  }
}

import type { FrontDoorPlan } from '../../plan/types';
import { type Fault, must, noTwice, refuseFaults } from '../faults';
import type { EntryAddress } from '../platform';

export interface FrontDoorArgs extends FrontDoorPlan {
  /** Where clients reach the service, and what answers there. */
  entry: FrontDoorName;
  /** The same of the object store's content; undefined where there is none. */
  content?: FrontDoorName & {
    /** Path patterns that open by a signed URL alone. */
    signedPaths: string[];
  };
  /** Stands on every record; 100 characters on the free plan. Default: none. */
  comment?: string;
}

export interface FrontDoorName {
  /** In the zone, e.g. `api.example.com`; the zone's own name too. A change moves the records in place. */
  host: string;
  target: EntryAddress;
}

/** Characters of a comment on the free plan (Cloudflare: record attributes). */
const COMMENT = 100;

/** @throws Error that lists every fault */
export function refuseWrongFrontDoor(name: string, args: FrontDoorArgs): void {
  refuseFaults('FrontDoor', name, [
    must(/^[0-9a-f]{32}$/.test(args.zoneId), 'zoneId', `"${args.zoneId}" must be 32 hexadecimal digits`),
    must(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(args.zoneName), 'zoneName', `"${args.zoneName}" must be a domain`),
    ...nameFaults('entry', args.entry, args),
    ...(args.content ? nameFaults('content', args.content, args) : []),
    must(args.entry.host !== args.content?.host, 'content.host', `${args.entry.host} is the entry's name`),
    ...args.furtherHosts.flatMap((host, at) => nameFaults(`furtherHosts[${at}]`, { ...args.entry, host }, args)),
    must(
      !args.furtherHosts.includes(args.content?.host ?? ''),
      'content.host',
      `${args.content?.host} is the service's too`,
    ),
    ...noTwice('furtherHosts', [args.entry.host, ...args.furtherHosts]),
    ...args.cachedPaths.map((path, at) => pathFault(`cachedPaths[${at}]`, path)),
    ...noTwice('cachedPaths', args.cachedPaths),
    must((args.comment ?? '').length <= COMMENT, 'comment', `${COMMENT} characters are what the free plan keeps`),
  ]);
}

function nameFaults(path: string, { host, target }: FrontDoorName, { zoneName }: FrontDoorArgs): Fault[] {
  return [
    must(
      host === zoneName || host.endsWith(`.${zoneName}`),
      `${path}.host`,
      `"${host}" is not in the zone ${zoneName}, and Cloudflare answers for that alone`,
    ),
    must(target.kind === 'name' || target.addresses.length > 0, `${path}.target`, 'one address is needed at least'),
  ];
}

function pathFault(path: string, pattern: string): Fault {
  return must(
    /^\/[^\s?#]*$/.test(pattern) && !pattern.includes('**'),
    path,
    `"${pattern}" must be a path such as /static/*, without a query and without two stars in a row`,
  );
}

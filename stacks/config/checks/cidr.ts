import { regionsOn } from '../../../plan/regions';
import type { CloudName } from '../../../plan/vocabulary';
import type { Draft } from '../draft';
import { placesOn } from './place';
import { regionsNeeded } from './regions';

/** Docker's own network on every machine that runs containers: what lies in it cannot be reached from there. */
const BRIDGE = { range: '172.17.0.0/16', why: "Docker's own network on each machine" };

/** Ranges that no network can have, by cloud. A plain cluster has the network that it is in. */
const taken: Record<CloudName, readonly { range: string; why: string }[]> = {
  aws: [BRIDGE],
  gcp: [BRIDGE],
  // VPC, limits.
  digitalocean: [
    BRIDGE,
    ...['10.229.0.0/16', '10.244.0.0/16', '10.245.0.0/16', '10.246.0.0/16'].map((range) => ({
      range,
      why: 'what DigitalOcean keeps for itself',
    })),
  ],
  kubernetes: [],
};

/** Every further region takes the next /16 of the same private range, and none may take one that is in use. */
export function checkCidr(draft: Draft): void {
  const cidr = draft.get('cidr');
  const needed = regionsNeeded(draft);
  const cloud = draft.get('cloud');
  if (!cidr || !needed) return;
  const named = cloud && placesOn(draft, cloud, 'regions');
  if (named && draft.isFaulty(...named.path)) return;
  const [first, second] = cidr.split('.').map(Number) as [number, number];
  const wanted = Math.max(needed.count, named?.value?.length ?? 0);
  const count = cloud ? regionsOn(cloud, wanted) : wanted;
  const last = first === 10 ? 255 : first === 172 ? 31 : 168;
  const latest = last - count + 1;
  if (second > latest) {
    const better = first === 192 ? '10.0.0.0/16' : `${first}.${latest}.0.0/16`;
    const problem = `leaves no room for ${count} regions, each of which takes the next /16`;
    draft.find({ path: ['cidr'], problem, nearest: better });
    return;
  }
  const clash = (start: number) =>
    taken[cloud ?? 'kubernetes'].find(({ range }) =>
      Array.from({ length: count }, (_, place) => `${first}.${start + place}.0.0/16`).includes(range),
    );
  const found = clash(second);
  if (!found) return;
  const free = Array.from({ length: latest - second }, (_, at) => second + 1 + at).find((start) => !clash(start));
  const whose = count > 1 ? `with the ${count} ranges of its regions takes` : 'is';
  draft.find({
    path: ['cidr'],
    problem: found.range === cidr ? `is ${found.why}` : `${whose} ${found.range}, which is ${found.why}`,
    nearest: free === undefined ? '10.0.0.0/16' : `${first}.${free}.0.0/16`,
  });
}

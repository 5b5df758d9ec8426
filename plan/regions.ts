import type { RegionPlan } from './types';
import type { CloudName, Compute } from './vocabulary';

/** How a cloud names the zones of a region. */
const zoneNames: Record<CloudName, (region: string, letter: string) => string> = {
  aws: (region, letter) => `${region}${letter}`,
  gcp: (region, letter) => `${region}-${letter}`,
  // One zone a region: the data centre itself.
  digitalocean: (region) => region,
  kubernetes: (region, letter) => `${region}-${letter}`,
};

/** Google's regions whose zones are not just a, b and c (its page on regions and zones). */
const lettersOf: Record<string, string[]> = {
  'us-central1': ['a', 'b', 'c', 'f'],
  'us-east1': ['b', 'c', 'd'],
  'europe-west1': ['b', 'c', 'd'],
};

const lettersIn = (region: string): string[] => lettersOf[region] ?? ['a', 'b', 'c'];

/**
 * Whether a zone is of a region, by its name. A plain cluster is one region, and its owner names the zones on the nodes
 * (topology.kubernetes.io/zone).
 */
const zoneIsOf: Record<CloudName, (zone: string, region: string) => boolean> = {
  aws: (zone, region) => zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length)),
  // Its zones are known one by one: us-east1-a, which many expect, is none.
  gcp: (zone, region) => lettersIn(region).some((letter) => zone === `${region}-${letter}`),
  digitalocean: (zone, region) => zone === region,
  kubernetes: () => true,
};

export function isZoneOf(cloud: CloudName, zone: string, region: string): boolean {
  return zoneIsOf[cloud](zone, region);
}

const shortForms: Record<string, string> = {
  africa: 'af',
  asia: 'as',
  australia: 'au',
  europe: 'eu',
  northamerica: 'na',
  southamerica: 'sa',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  central: 'c',
  northeast: 'ne',
  northwest: 'nw',
  southeast: 'se',
  southwest: 'sw',
};

/** A short form of a region for names: `us-east-1` is `use1`, `us-central1` is `usc1`. */
export function regionCode(region: string): string {
  return region
    .split('-')
    .map((part) =>
      part.replace(/^([a-z]+)(\d*)$/, (_, word: string, digits: string) => (shortForms[word] ?? word) + digits),
    )
    .join('');
}

/** Regions that one stack can be in. A plain cluster is one region; further clusters are further stacks. */
const mostRegions: Record<CloudName, number> = { aws: 16, gcp: 16, digitalocean: 16, kubernetes: 1 };

/** How many of the regions that a phase wants a stack has on a cloud. */
export function regionsOn(cloud: CloudName, wanted: number): number {
  return Math.min(wanted, mostRegions[cloud]);
}

/**
 * Zones that a group of instances has from the first phase on. Google fixes a group's zones for life: one more would make
 * a new group, which starts small under the load of the old one. Its subnets span all zones, so more of them cost nothing.
 */
const zonesForLife: Partial<Record<CloudName, number>> = { gcp: 3 };

/** How many of the zones that a phase wants a region has on a cloud, for what services run on. */
export function zonesOn(cloud: CloudName, compute: Compute, wanted: number): number {
  return compute === 'instances' ? Math.max(wanted, zonesForLife[cloud] ?? 0) : wanted;
}

/** The zones a region uses: the names in configuration that belong to it, or the region's first letters. */
export function zonesOf(cloud: CloudName, region: string, wanted: number | string[]): string[] {
  if (typeof wanted !== 'number') return wanted.filter((zone) => isZoneOf(cloud, zone, region));
  const letters = lettersIn(region).slice(0, wanted);
  return [...new Set(letters.map((letter) => zoneNames[cloud](region, letter)))];
}

/** The /16 of the region at a place in the list: the home region's own, then the next ones. */
export function cidrOf(homeCidr: string, place: number): string {
  const [first = '10', second = '0'] = homeCidr.split('.');
  return `${first}.${Number(second) + place}.0.0/16`;
}

/** Everything about the regions of a stack. Stores stay in every region that was reached; services follow the phase. */
export function planRegions(given: {
  cloud: CloudName;
  names: string[];
  serving: number;
  storing: number;
  zones: number | string[];
  cidr: string;
}): RegionPlan[] {
  return given.names.slice(0, Math.max(given.serving, given.storing)).map((name, place) => ({
    name,
    code: regionCode(name),
    home: place === 0,
    serves: place < given.serving,
    zones: zonesOf(given.cloud, name, given.zones),
    cidr: cidrOf(given.cidr, place),
  }));
}

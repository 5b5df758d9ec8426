import { atlasTiers } from '../../../plan/atlas-tiers';
import type { CloudName, DocumentHost, RelationalHost } from '../../../plan/vocabulary';
import { isDroplet, isManagedDatabase } from './digitalocean-sizes';

/** How a cloud, or the host of a database, writes a name. */
export interface NameForm {
  fits(name: string): boolean;
  allowed: string;
}

function form(pattern: RegExp, allowed: string): NameForm {
  return { fits: (name) => pattern.test(name), allowed };
}

/** A family, a point, a size. */
const AWS_SIZE = '(?:nano|micro|small|medium|large|xlarge|\\d{1,3}xlarge|metal(?:-\\d{1,3}xl)?)';

/** A pod by its size, where there are no types. */
const quantities = form(
  /^(?:[1-9]\d{0,5}m|[1-9]\d{0,2})\/[1-9]\d{0,6}(?:Mi|Gi)$/,
  '<cpu>/<memory>, such as 2000m/8Gi: thousandths of a core or cores, and MiB or GiB',
);

const droplets: NameForm = { fits: isDroplet, allowed: 'a droplet size of digitalocean, such as s-2vcpu-4gb' };

/** DigitalOcean names databases and caches alike. */
const managedDatabases: NameForm = {
  fits: isManagedDatabase,
  allowed: 'a database size of digitalocean, such as db-s-2vcpu-4gb',
};

/** Machine types of instances, on the clouds that have some. */
export const machineForms: Partial<Record<CloudName, NameForm>> = {
  aws: form(new RegExp(`^[a-z][a-z0-9-]*\\.${AWS_SIZE}$`), 'a machine type of aws, such as t3.large'),
  gcp: {
    fits: (name) => isPredefined(name) || isCustom(name),
    allowed: 'a machine type of gcp, such as e2-small, n1-standard-2 or n2-custom-4-8192',
  },
  digitalocean: droplets,
};

/** A shared core, or a family, a kind and a number of CPUs: one, or an even number of them. With GPUs it is theirs. */
function isPredefined(name: string): boolean {
  if (/^(?:f1-micro|g1-small|e2-(?:micro|small|medium)|a\d-(?:highgpu|megagpu|ultragpu)-\d{1,2}g)$/.test(name))
    return true;
  const [, cpus] =
    /^[a-z]\d[a-z]?-(?:standard|highmem|highcpu|megamem|ultramem|hypermem)-([1-9]\d{0,2})(?:-(?:lssd|metal|highlssd|standardlssd|nolssd))?$/.exec(
      name,
    ) ?? [];
  return Number(cpus) === 1 || Number(cpus) % 2 === 0;
}

/** A custom type: one CPU or an even number of them, and memory in MiB, a multiple of 256. */
function isCustom(name: string): boolean {
  const [, shared, cpus, memory] =
    /^(?:(?:[a-z]\d[a-z]?-)?custom-(?:(micro|small|medium)|(\d{1,3})))-(\d{3,7})(?:-ext)?$/.exec(name) ?? [];
  if (memory === undefined || Number(memory) % 256 !== 0) return false;
  return shared !== undefined || Number(cpus) === 1 || (Number(cpus) > 0 && Number(cpus) % 2 === 0);
}

/** Nodes of a cache, and of a broker, which are called alike on every cloud. */
export const cacheForms: Record<CloudName, NameForm> = {
  // Not the families before these, of which ElastiCache makes no more, nor r6gd, which wants data tiering.
  aws: form(
    /^cache\.(?:t(?:2|3|4g)\.(?:micro|small|medium)|(?:[mr](?:[45]|[6-9]g)|c[7-9]gn)\.(?:large|\d{0,2}xlarge))$/,
    'a cache node type of aws, such as cache.t3.small or cache.r5.large: of the families t2, t3, t4g, m4 to m8g, r4 to r8g and c7gn',
  ),
  gcp: form(
    /^(?:SHARED_CORE_NANO|STANDARD_SMALL|HIGHMEM_MEDIUM|HIGHMEM_XLARGE)$/,
    'a node type of Memorystore: SHARED_CORE_NANO, STANDARD_SMALL, HIGHMEM_MEDIUM, HIGHMEM_XLARGE',
  ),
  digitalocean: managedDatabases,
  kubernetes: quantities,
};

/** Sizes of a document database's members, by who runs it. */
export const tierForms: Record<DocumentHost, NameForm> = {
  atlas: { fits: (name) => (atlasTiers as readonly string[]).includes(name), allowed: atlasTiers.join(', ') },
  digitalocean: managedDatabases,
  operator: quantities,
};

/** Cores and MB of a custom machine of Cloud SQL: one core or an even number, 0.9 to 6.5 GB each, a multiple of 256. */
function isCustomDatabase(name: string): boolean {
  const [, cpus, memory] = /^db-custom-([1-9]\d?)-([1-9]\d{3,6})$/.exec(name)?.map(Number) ?? [];
  if (cpus === undefined || memory === undefined) return false;
  const [least, most] = [Math.max(3_840, cpus * 0.9 * 1024), cpus * 6.5 * 1024];
  return (cpus === 1 || cpus % 2 === 0) && cpus <= 96 && memory % 256 === 0 && memory >= least && memory <= most;
}

/** Sizes of a relational database, by who runs it. Google: "Machine types" of Cloud SQL. */
export const relationalForms: Record<RelationalHost, NameForm> = {
  // Not t2, m4 and r4, which run no version of today, nor those of other engines.
  rds: form(
    /^db\.(?:t(?:3|4g)\.(?:micro|small|medium|large|2?xlarge)|(?:[mr][5-9][a-z]{0,3}|x[2-9][a-z]{1,4})\.(?:large|\d{0,2}xlarge))$/,
    'an instance class of rds, such as db.t3.small or db.m5.large: of the families t3, t4g, m5 to m8g, r5 to r8g and x2g',
  ),
  // Aurora has burstable classes and those with much memory, and no general ones.
  aurora: form(
    new RegExp(`^db\\.(?:t[34]g?\\.(?:medium|large)|(?:r(?:5|6g|6gd|6i|6id|7g|7i|8g)|x2g)\\.${AWS_SIZE})$`),
    'an instance class of aurora, such as db.t3.medium or db.r5.large: of the families t3, t4g, r5 to r8g and x2g',
  ),
  'cloud-sql': {
    fits: (name) =>
      /^db-(?:f1-micro|g1-small|perf-optimized-N-(?:2|4|8|16|32|48|64|80|96|128))$/.test(name) ||
      isCustomDatabase(name),
    allowed:
      'a machine of cloud-sql: db-custom-<cores>-<MB> such as db-custom-2-8192 (1 core or an even number, 0.9 to 6.5 GB each, a multiple of 256 MB), or db-perf-optimized-N-2',
  },
  digitalocean: managedDatabases,
  operator: quantities,
};

/** Zones that a region has at the least, which is what staging and prod can ask for. A data centre is one. */
export const zonesEach: Record<CloudName, number> = { aws: 3, gcp: 3, digitalocean: 1, kubernetes: 1 };

/** Zones that a region has to use whatever the environment: load balancers of AWS and subnets of its stores are in two. */
export const zonesAlways: Partial<Record<CloudName, number>> = { aws: 2 };

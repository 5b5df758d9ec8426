// DigitalOcean has no rule for its shared sizes, so those that there are stand here (its API: `GET /v2/sizes` and
// `GET /v2/databases/options`; the enumerations of @pulumi/digitalocean have them as well). In the dedicated families
// memory is a fixed number of GB a vCPU.

/** GB a dedicated vCPU, by family. */
const memoryEach: Record<string, number> = { c2: 2, g: 4, gd: 4, g5: 4, m: 8, m3: 8, m6: 8, so: 8, so1_5: 8 };

/** Shared droplets, as vCPUs and GB: today's, and those of before that may still be running. */
const shared = ['1-1', '1-2', '2-2', '2-4', '4-8', '8-16'];
const sharedBefore = ['1-3', '3-1', '6-16', '8-32', '12-48', '16-64', '20-96', '24-128', '32-192'];
/** Shared droplets and databases on a named processor, which come with more memory as well. */
const named = [...shared, '2-8', '4-16', '8-32'];
/** Shared databases and caches. */
const databases = ['1-1', '1-2', '2-4', '4-8', '6-16', '8-32', '16-64'];

/** Whether there is a droplet of that size. */
export function isDroplet(name: string): boolean {
  if (/^c-(?:2|4|8|16|32|48|60)(?:-intel)?$/.test(name) || name === 's-1vcpu-512mb-10gb') return true;
  const [, size, processor] = /^s-(\d+vcpu-\d+gb)(?:-\d+gb)?(-amd|-intel)?$/.exec(name) ?? [];
  if (size !== undefined) return (processor ? named : [...shared, ...sharedBefore]).includes(pair(size));
  return isDedicated(name.replace(/-intel$/, ''));
}

/** Whether there is a database or cache of that size; both are called alike. */
export function isManagedDatabase(name: string): boolean {
  const [, kind, size] = /^db-(s|amd|intel)-(\d+vcpu-\d+gb)$/.exec(name) ?? [];
  if (size !== undefined) return (kind === 's' ? databases : named).includes(pair(size));
  return isDedicated(name);
}

function isDedicated(name: string): boolean {
  const [, family = '', cpus, memory] = /^([a-z]\w*)-(\d+)vcpu-(\d+)gb$/.exec(name) ?? [];
  return Number(cpus) > 0 && Number(cpus) * (memoryEach[family] ?? NaN) === Number(memory);
}

/** `2-4` of `2vcpu-4gb`. */
function pair(size: string): string {
  return size.replace('vcpu', '').replace('gb', '');
}

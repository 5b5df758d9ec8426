import type { Resource } from './rule';
import { at, UNKNOWN, type Unknown, type Value } from './values';

/** Where a type keeps its labels, if not where its provider usually does. */
const places: Record<string, string> = {
  'gcp:container/cluster:Cluster': 'resourceLabels',
  'gcp:container/nodePool:NodePool': 'nodeConfig.resourceLabels',
  'gcp:monitoring/alertPolicy:AlertPolicy': 'userLabels',
  'gcp:monitoring/notificationChannel:NotificationChannel': 'userLabels',
  'gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig': 'userLabels',
  'gcp:sql/databaseInstance:DatabaseInstance': 'settings.userLabels',
  'digitalocean:index/dropletAutoscale:DropletAutoscale': 'dropletTemplate.tags',
};

/** Where the types of a provider usually keep them. */
const usual: Record<string, string> = { gcp: 'labels', kubernetes: 'metadata.labels' };

/** On these types `tags` selects droplets; it says nothing of the resource itself. */
const selectors = new Set(['digitalocean:index/firewall:Firewall', 'digitalocean:index/monitorAlert:MonitorAlert']);

/** The names that the plan, the components and these rules use. */
const names = [
  'Project',
  'System',
  'Phase',
  'Environment',
  'Owner',
  'CostCenter',
  'ManagedBy',
  'Service',
  'Purpose',
  'RegionRole',
  'Release',
];
/** Labels of Kubernetes that have a name of their own for what is a tag elsewhere. */
const common: Record<string, string> = {
  'app.kubernetes.io/part-of': 'System',
  'app.kubernetes.io/managed-by': 'ManagedBy',
  'app.kubernetes.io/name': 'Service',
};
/** Starts the labels of this project on Kubernetes. */
const own = 'stackladder.dev/';

export function labelsAt(resource: Resource): string {
  return places[resource.type] ?? usual[resource.type.split(':')[0] ?? ''] ?? 'tags';
}

/**
 * The tags of a resource by the names that the plan gives them (`CostCenter`), whatever its cloud makes of them: tags
 * of AWS, a scaling group's list, labels of Google Cloud (`cost-center`), `cost-center:value` on DigitalOcean,
 * `stackladder.dev/cost-center` on Kubernetes. A value may be unknown. Undefined where there are none, UNKNOWN where
 * not even their names are known.
 */
export function labelsOf(resource: Resource): Record<string, Value> | undefined | Unknown {
  if (selectors.has(resource.type)) return undefined;
  const labels = at(resource.props, labelsAt(resource));
  if (labels === UNKNOWN) return UNKNOWN;
  if (typeof labels !== 'object' || labels === null) return undefined;
  if (!Array.isArray(labels)) return named(Object.entries(labels));
  if (labels.includes(UNKNOWN)) return UNKNOWN;
  return named(labels.map(pairOf));
}

function named(pairs: (readonly [Value, Value])[]): Record<string, Value> {
  const known = pairs.filter((pair): pair is [string, Value] => typeof pair[0] === 'string');
  return Object.fromEntries(known.map(([key, value]) => [nameOf(key), value]));
}

/** An entry of a list: `{ key, value }`, or `key:value`. */
function pairOf(entry: Value): readonly [Value, Value] {
  if (typeof entry !== 'string') return [at(entry, 'key'), at(entry, 'value')];
  const colon = entry.indexOf(':');
  return colon < 0 ? [entry, ''] : [entry.slice(0, colon), entry.slice(colon + 1)];
}

/** `cost-center`, `costcenter` and `stackladder.dev/cost-center` are `CostCenter`; any other key is itself. */
function nameOf(key: string): string {
  if (Object.hasOwn(common, key)) return common[key] ?? key;
  const plain = (key.startsWith(own) ? key.slice(own.length) : key).replaceAll(/[-_]/g, '').toLowerCase();
  return names.find((name) => name.toLowerCase() === plain) ?? key;
}

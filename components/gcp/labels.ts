/** Google's limit on a label's key and on its value. */
const longest = 63;

/**
 * Tags as labels: `CostCenter: 'R&D'` is `cost-center: 'r-d'`. Labels take small letters, digits, `_` and `-`, a key
 * begins with a letter, and whatever else a value holds becomes a hyphen.
 *
 * @throws Error for a key of which nothing can be used, and for two keys that become one
 */
export function labelsOf(tags: Record<string, string>): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [key, value] of Object.entries(tags)) {
    const label = labelKey(key);
    if (Object.hasOwn(labels, label)) throw new Error(`two tags make one label: ${key} is ${label} too`);
    labels[label] = usable(value);
  }
  return labels;
}

function labelKey(key: string): string {
  const label = usable(key.replace(/([a-z0-9])([A-Z])/g, '$1-$2')).replace(/^[^a-z]+/, '');
  if (label === '') throw new Error(`nothing of the tag "${key}" can be the key of a label`);
  return label;
}

function usable(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .slice(0, longest);
}

import { problem } from '../../model/errors';
import { matches, text } from '../../model/reading';
import { COMPUTE, google } from '../google';
import { between, gcp, label, oneOf, toNetwork, toServiceAccount } from '../parts';

const empty = (value: unknown): boolean => !Array.isArray(value) || value.length === 0;

export const firewall = google({
  token: gcp('compute', 'Firewall'),
  id: 'projects/{project}/global/firewalls/{name}',
  links: COMPUTE,
  naming: label(),
  required: ['network'],
  references: [toNetwork(), toServiceAccount('sourceServiceAccounts.*'), toServiceAccount('targetServiceAccounts.*')],
  enumerations: {
    direction: ['INGRESS', 'EGRESS'],
    'logConfig.metadata': ['EXCLUDE_ALL_METADATA', 'INCLUDE_ALL_METADATA'],
  },
  replaceOn: ['direction', 'name', 'params', 'project'],
  sets: [
    'allows',
    'denies',
    'sourceRanges',
    'destinationRanges',
    'sourceTags',
    'targetTags',
    'sourceServiceAccounts',
    'targetServiceAccounts',
  ],
  keeps: ['direction', 'destinationRanges', 'sourceRanges', 'enableLogging'],
  computed: ['creationTimestamp', 'direction'],
  defaults: { direction: 'INGRESS', priority: 1000 },
  check: (inputs) => {
    const problems = [...between(inputs, 'priority', 0, 65535), ...oneOf(inputs, ['allows', 'denies'])];
    const egress = text(inputs, 'direction') === 'EGRESS';
    const sources = ['sourceRanges', 'sourceTags', 'sourceServiceAccounts'];
    if (egress) {
      const wrong = sources.find((key) => !empty(inputs[key]));
      if (wrong) problems.push(problem(wrong, `invalid: ${wrong} cannot be given for the direction EGRESS`));
    } else {
      if (!empty(inputs.destinationRanges) && empty(inputs.sourceRanges)) {
        problems.push(problem('destinationRanges', 'invalid: an ingress rule for destinations needs sourceRanges too'));
      }
      if (sources.every((key) => empty(inputs[key]))) {
        const reason = 'one of source_tags, source_ranges, or source_service_accounts must be defined';
        problems.push(problem('sourceRanges', reason));
      }
    }
    const byTag = ['sourceTags', 'targetTags'].some((key) => !empty(inputs[key]));
    const byAccount = ['sourceServiceAccounts', 'targetServiceAccounts'].some((key) => !empty(inputs[key]));
    if (byTag && byAccount) {
      problems.push(problem('targetTags', 'invalid: tags and service accounts cannot be used in one rule'));
    }
    const protocols = ['allows.*', 'denies.*'].flatMap((path) => matches(inputs, path));
    for (const { path, value } of protocols) {
      const ports = (value as { ports?: unknown }).ports;
      if (!empty(ports) && !['tcp', 'udp', 'sctp', '6', '17', '132'].includes(text(value, 'protocol') ?? 'tcp')) {
        problems.push(problem(path.join('.'), `invalid: ports cannot be given for ${text(value, 'protocol')}`));
      }
    }
    return problems;
  },
  make: () => ({ state: { creationTimestamp: new Date().toISOString() } }),
});

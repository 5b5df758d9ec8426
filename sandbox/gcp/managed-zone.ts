import { randomInt } from 'node:crypto';
import { CloudError, problem, type Problem } from '../model/errors';
import { list, text } from '../model/reading';
import type { Bag } from '../model/values';
import { google } from './google';
import { gcp, label, shaped, toNetwork } from './parts';

/** A zone of records, for the world or for networks of ours alone. */
export const managedZone = google({
  token: gcp('dns', 'ManagedZone'),
  id: 'projects/{project}/managedZones/{name}',
  labels: true,
  naming: label(),
  required: ['dnsName'],
  references: [{ ...toNetwork('privateVisibilityConfig.networks.*.networkUrl'), error: 'notFound' }],
  enumerations: { visibility: ['private', 'public'] },
  replaceOn: ['dnsName', 'name', 'project', 'reverseLookup', 'serviceDirectoryConfig', 'visibility'],
  keeps: ['cloudLoggingConfig'],
  computed: ['creationTime', 'managedZoneId', 'nameServers'],
  defaults: { description: 'Managed by Pulumi', visibility: 'public' },
  check: (inputs) => {
    const problems: Problem[] = shaped(inputs, 'dnsName', /\.$/, 'a full domain name, which ends with a dot');
    const closed = text(inputs, 'visibility') === 'private';
    const networks = list(inputs, 'privateVisibilityConfig.networks');
    if (!closed && inputs.privateVisibilityConfig !== undefined) {
      problems.push(problem('privateVisibilityConfig', 'invalid: a public zone is seen by every network'));
    }
    if (closed && networks.length === 0) {
      problems.push(problem('privateVisibilityConfig', 'invalid: a private zone needs a network that sees it'));
    }
    return problems;
  },
  make: ({ inputs, cloud }) => {
    const twin = cloud
      .all(gcp('dns', 'ManagedZone'))
      .find((other) => text(other.inputs, 'dnsName') === text(inputs, 'dnsName') && sameNetwork(other.inputs, inputs));
    if (twin) throw new CloudError('alreadyExists', `${twin.id} has the name ${text(inputs, 'dnsName')} already`);
    return {
      state: {
        creationTime: new Date().toISOString(),
        managedZoneId: String(randomInt(1e12, 9e12)),
        nameServers: [1, 2, 3, 4].map((at) => `ns-cloud-a${at}.googledomains.com.`),
      },
    };
  },
});

function sameNetwork(one: Bag, other: Bag): boolean {
  const [a, b] = [one, other].map((bag) => JSON.stringify(list(bag, 'privateVisibilityConfig.networks')));
  return a === b;
}

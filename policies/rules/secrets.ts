import { fail, pass, unknown } from '../judge';
import type { ResourceRule } from '../rule';
import { secretsIn, userDataOf } from '../user-data';
import { SECRET, UNKNOWN } from '../values';

export const userDataWithoutSecrets: ResourceRule = {
  id: 'user-data-no-secrets',
  title: 'User data, metadata and start-up scripts hold no secret',
  why: 'Whoever may describe an instance reads its user data, and so does every process on it.',
  mend: "Keep the value in the cloud's secret manager, pass its id, and read it when the instance starts.",
  severity: 'mandatory',
  controls: ['Checkov CKV_AWS_46'],
  scope: 'resource',
  types: [
    'aws:ec2/launchTemplate:LaunchTemplate',
    'aws:ec2/instance:Instance',
    'gcp:compute/instanceTemplate:InstanceTemplate',
    'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate',
    'gcp:compute/instance:Instance',
    'digitalocean:index/dropletAutoscale:DropletAutoscale',
    'digitalocean:index/droplet:Droplet',
  ],
  check(resource) {
    const text = userDataOf(resource);
    if (text === UNKNOWN) return [unknown('userData')];
    if (text === undefined) return [pass];
    if (text === SECRET) return [fail('a secret value has flowed into its user data')];
    // Never the value itself: messages end up in logs.
    return [pass, ...secretsIn(text).map((kind) => fail(`its user data looks like it holds ${kind}`))];
  },
};

export const secretRules = [userDataWithoutSecrets];

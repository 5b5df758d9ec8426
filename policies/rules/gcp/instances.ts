import { expect, fail, inspect, inspectEach, pass, unknown } from '../../judge';
import type { ResourceRule } from '../../rule';
import { at, flag, present, show, UNKNOWN } from '../../values';

const templates = [
  'gcp:compute/instanceTemplate:InstanceTemplate',
  'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate',
  'gcp:compute/instance:Instance',
];
const common = { severity: 'mandatory', scope: 'resource' } as const;

export const noPublicAddress: ResourceRule = {
  ...common,
  id: 'gcp-instance-no-public-ip',
  title: 'Instances have no public address',
  why: 'Behind a load balancer nothing needs to reach an instance; each address is a way past it.',
  mend: 'Leave accessConfigs and ipv6AccessConfigs out; Cloud NAT leads out, Identity-Aware Proxy in.',
  controls: ['Checkov CKV_GCP_40', 'CIS GCP 4.9'],
  types: templates,
  check: (resource) =>
    inspectEach(resource, 'networkInterfaces', (card, path) =>
      ['accessConfigs', 'ipv6AccessConfigs'].map((key) => {
        const access = at(card, key);
        if (access === UNKNOWN) return unknown(`${path}.${key}`);
        return present(access) ? fail(`${path}.${key} is set`) : pass;
      }),
    ).flat(),
};

export const shielded: ResourceRule = {
  ...common,
  id: 'gcp-instance-shielded',
  title: 'Instances start with secure boot',
  why: 'A changed boot loader or kernel module stays after everything else is made anew.',
  mend: 'Set shieldedInstanceConfig.enableSecureBoot to true, with vTPM and integrity monitoring left on.',
  controls: ['Checkov CKV_GCP_39', 'CIS GCP 4.8'],
  types: templates,
  check: (resource) => [
    inspect(resource, ['shieldedInstanceConfig.enableSecureBoot'], (on) =>
      flag(on) ? undefined : `enableSecureBoot is ${show(on)}`,
    ),
    ...['enableVtpm', 'enableIntegrityMonitoring'].map((property) =>
      inspect(resource, [`shieldedInstanceConfig.${property}`], (on) =>
        on === false || on === 'false' ? `${property} is false` : undefined,
      ),
    ),
  ],
};

export const ownAccount: ResourceRule = {
  ...common,
  id: 'gcp-instance-service-account',
  title: 'Instances have a service account of their own',
  why: "The project's default one may change almost everything in the project.",
  mend: 'Set serviceAccount.email to an account with the roles that the service needs.',
  controls: ['Checkov CKV_GCP_30', 'Checkov CKV_GCP_31', 'CIS GCP 4.1'],
  types: templates,
  check(resource) {
    const email = at(resource.props, 'serviceAccount.email');
    // That one is set is known even where its address is not, if the template names an account of the stack.
    if (email === UNKNOWN) return [resource.references.serviceAccount?.length ? pass : unknown('serviceAccount.email')];
    const usual = typeof email === 'string' && /-compute@developer\.gserviceaccount\.com$/.test(email);
    return [
      expect(
        present(email) && !usual,
        `its service account is ${usual ? 'the default one' : show(email)}`,
        'serviceAccount',
      ),
    ];
  },
};

export const noProjectKeys: ResourceRule = {
  ...common,
  id: 'gcp-instance-no-project-keys',
  title: 'Instances take no SSH keys of the project, and have no serial console',
  why: 'A key in the project opens every machine of it, and says nothing about who came in.',
  mend: "Set metadata 'block-project-ssh-keys' to 'true', and leave 'ssh-keys' and 'serial-port-enable' out.",
  controls: ['Checkov CKV_GCP_32', 'Checkov CKV_GCP_35', 'CIS GCP 4.3', 'CIS GCP 4.5'],
  types: templates,
  check: (resource) => [
    inspect(resource, ['metadata.block-project-ssh-keys', 'metadata.enable-oslogin'], (blocked, login) =>
      yes(blocked) || yes(login) ? undefined : `block-project-ssh-keys is ${show(blocked)}`,
    ),
    inspect(resource, ['metadata.serial-port-enable'], (on) =>
      yes(on) || on === '1' ? 'serial-port-enable is on' : undefined,
    ),
    resource.props.metadata === UNKNOWN
      ? unknown('metadata')
      : // That keys are set is known even where they are not.
        expect(!present(at(resource.props, 'metadata.ssh-keys')), 'ssh-keys is set', 'metadata.ssh-keys'),
  ],
};

const yes = (value: unknown) => value === true || (typeof value === 'string' && value.toLowerCase() === 'true');

export const gcpInstanceRules = [noPublicAddress, shielded, ownAccount, noProjectKeys];

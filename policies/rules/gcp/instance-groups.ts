import { expect, fail, inspect, inspectEach, type Judgement, pass, unknown } from '../../judge';
import type { ResourceRule, StackRule } from '../../rule';
import { findEach, referredBy } from '../../stack';
import { at, flag, list, numeric, present, show, UNKNOWN } from '../../values';

const regional = 'gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager';
const zonal = 'gcp:compute/instanceGroupManager:InstanceGroupManager';
const groups = [regional, zonal];
const templates = [
  'gcp:compute/instanceTemplate:InstanceTemplate',
  'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate',
  'gcp:compute/instance:Instance',
];
const common = { severity: 'mandatory', scope: 'resource' } as const;

export const twoZones: ResourceRule = {
  ...common,
  id: 'gcp-group-two-zones',
  title: 'A managed instance group is regional and spans at least two zones',
  why: 'A zone can fail as a whole.',
  mend: 'Use a RegionInstanceGroupManager, with two or three distributionPolicyZones.',
  controls: [],
  types: groups,
  check: (resource) => [
    expect(resource.type === regional, 'it is in a single zone', 'zone'),
    // Without a list Google spreads it over the region.
    inspect(resource, ['distributionPolicyZones'], (zones) =>
      resource.type === zonal || !present(zones) || new Set(list(zones)).size >= 2
        ? undefined
        : `its zones are ${show(zones)}`,
    ),
  ],
};

export const autohealing: ResourceRule = {
  ...common,
  id: 'gcp-group-autohealing',
  title: 'A managed instance group replaces instances whose application does not answer',
  why: 'Otherwise only a machine that has stopped is made again; a hung application stays in the group.',
  mend: 'Set autoHealingPolicies with a health check and an initialDelaySec of 60 to 600 that covers the start.',
  controls: [],
  types: groups,
  check: (resource) => [
    inspect(resource, ['autoHealingPolicies'], (policy) =>
      present(policy) ? undefined : 'it has no autoHealingPolicies',
    ),
    inspect(resource, ['autoHealingPolicies.initialDelaySec'], (delay) => {
      const seconds = numeric(delay);
      if (!present(delay) || (seconds !== undefined && seconds >= 60 && seconds <= 600)) return undefined;
      return `initialDelaySec is ${show(delay)}`;
    }),
  ],
};

export const updatePolicy: ResourceRule = {
  ...common,
  id: 'gcp-group-update-policy',
  title: 'A managed instance group rolls a new template out by itself, without taking capacity away',
  why: 'An OPPORTUNISTIC group keeps old instances for ever; one that takes many away makes each release an outage.',
  mend: "Set updatePolicy.type to 'PROACTIVE', maxUnavailableFixed to 0 and maxSurgeFixed to the number of zones.",
  controls: [],
  types: groups,
  check: (resource) => [
    inspect(resource, ['updatePolicy.type'], (type) =>
      type === 'PROACTIVE' ? undefined : `updatePolicy.type is ${show(type)}`,
    ),
    inspect(resource, ['updatePolicy.maxUnavailableFixed', 'updatePolicy.maxUnavailablePercent'], (fixed, percent) => {
      // Google's own default is one instance in each zone.
      if (present(fixed) && numeric(fixed) === 0) return undefined;
      if (present(percent) && (numeric(percent) ?? 100) <= 10) return undefined;
      return `maxUnavailable is ${show(present(fixed) ? fixed : percent)}`;
    }),
  ],
};

export const autoscaled: StackRule = {
  id: 'gcp-group-autoscaler',
  title: 'A managed instance group has an autoscaler, which alone owns its size',
  why: 'Without one it never grows; with a targetSize beside it every update sets the count back.',
  mend: 'Add a RegionAutoscaler whose target is the group, and leave targetSize out or in ignoreChanges.',
  severity: 'mandatory',
  controls: [],
  scope: 'stack',
  types: groups,
  check(stack) {
    const scalers = stack.ofType('gcp:compute/regionAutoscaler:RegionAutoscaler', 'gcp:compute/autoscaler:Autoscaler');
    return findEach(stack, groups, (group): Judgement[] => {
      // A size to start from is none that an update sets back.
      const sized = present(group.props.targetSize) && !group.ignoreChanges?.includes('targetSize');
      const scaled = referredBy(scalers, 'target', group);
      if (scaled === UNKNOWN) return [unknown('target')];
      if (!scaled) return [fail('no autoscaler has it as its target')];
      return [sized ? fail('targetSize is set, and an autoscaler owns the size') : pass];
    });
  },
};

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

export const gcpGroupRules = [
  twoZones,
  autohealing,
  updatePolicy,
  autoscaled,
  noPublicAddress,
  shielded,
  ownAccount,
  noProjectKeys,
];

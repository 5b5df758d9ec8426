import { CloudError, problem } from '../model/errors';
import { hex, lowerAlphanumeric } from '../model/ids';
import { list, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { atlas, toProject } from './parts';

export const project: ResourceType = {
  token: atlas('Project'),
  naming: {
    property: 'name',
    max: 64,
    pattern: /^[\w .,:&@()+'-]+$/,
    rule: "INVALID_GROUP_NAME: a project name holds letters, digits, spaces and -_.,:&@()+'",
    taken: {
      code: 'GROUP_ALREADY_EXISTS',
      sentence: (name) => `A group with name "${name}" already exists.`,
      within: 'orgId',
    },
  },
  required: ['orgId'],
  replaceOn: ['orgId'],
  sets: ['teams', 'limits'],
  computed: ['clusterCount', 'created', 'ipAddresses'],
  inUse: 'CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_CLUSTERS',
  create: () => ({
    id: hex(24),
    state: {
      clusterCount: 0,
      created: new Date().toISOString(),
      ipAddresses: { services: { clusters: [] } },
    },
    // All clusters of a project share this part of their host names.
    actual: { zone: lowerAlphanumeric(5) },
  }),
  update: ({ changed }) => {
    for (const key of ['projectOwnerId', 'withDefaultAlertsSettings']) {
      if (changed.includes(key))
        throw new CloudError('UPDATE_NOT_SUPPORTED', `${key} must not be updated or set after creation`);
    }
  },
};

export const databaseUser: ResourceType = {
  token: atlas('DatabaseUser'),
  required: ['authDatabaseName', 'projectId', 'roles', 'username'],
  references: [toProject()],
  replaceOn: ['projectId', 'username'],
  sets: ['roles', 'scopes', 'labels'],
  keeps: ['awsIamType', 'ldapAuthType', 'oidcAuthType', 'x509Type'],
  secrets: ['password', 'passwordWo'],
  computed: [],
  defaults: { awsIamType: 'NONE', ldapAuthType: 'NONE', oidcAuthType: 'NONE', x509Type: 'NONE' },
  check: (inputs) => {
    const database = text(inputs, 'authDatabaseName');
    const byPassword = database === 'admin';
    const problems = [];
    if (database !== undefined && !['admin', '$external'].includes(database)) {
      problems.push(problem('authDatabaseName', 'INVALID_ATTRIBUTE: the database is admin or $external'));
    }
    if (byPassword && inputs.password === undefined && inputs.passwordWo === undefined) {
      problems.push(problem('password', 'USER_PASSWORD_REQUIRED: a user of the database admin has a password'));
    }
    const password = text(inputs, 'password');
    if (password !== undefined && password.length < 8) {
      problems.push(problem('password', 'PASSWORD_TOO_SHORT: a password has 8 characters or more'));
    }
    if (Array.isArray(inputs.roles) && list(inputs, 'roles').length === 0) {
      problems.push(problem('roles', 'MISSING_ATTRIBUTE: a user has at least one role'));
    }
    return problems;
  },
  create: ({ inputs, cloud }) => {
    const id = ['projectId', 'username', 'authDatabaseName'].map((key) => text(inputs, key)).join('-');
    if (cloud.store.get(databaseUser.token, '', id)) {
      throw new CloudError('USER_ALREADY_EXISTS', `A user with username ${text(inputs, 'username')} already exists.`);
    }
    return { id, state: {} };
  },
};

const entries = ['awsSecurityGroup', 'cidrBlock', 'ipAddress'];

export const projectIpAccessList: ResourceType = {
  token: atlas('ProjectIpAccessList'),
  required: ['projectId'],
  references: [toProject()],
  replaceOn: [...entries, 'comment', 'projectId'],
  // An address and its range of one are both shown, whichever was given.
  keeps: ['cidrBlock', 'ipAddress'],
  computed: [],
  check: (inputs) => {
    const given = entries.filter((key) => inputs[key] !== undefined);
    if (given.length !== 1)
      return [problem('cidrBlock', 'cidrBlock, ipAddress or awsSecurityGroup needs to be set, and one alone')];
    const address = text(inputs, 'ipAddress');
    if (address !== undefined && !/^\d{1,3}(\.\d{1,3}){3}$|:/.test(address)) {
      return [problem('ipAddress', `INVALID_IP_ADDRESS: ${address}`)];
    }
    const range = text(inputs, 'cidrBlock');
    if (range !== undefined && !/^[\d.]+\/\d+$|:/.test(range)) return [problem('cidrBlock', `INVALID_CIDR: ${range}`)];
    return [];
  },
  create: ({ inputs }) => {
    const entry = entries.map((key) => text(inputs, key)).find((value) => value !== undefined) ?? '';
    return { id: `${text(inputs, 'projectId')}-${entry}`, state: {} };
  },
};

export const alertConfiguration: ResourceType = {
  token: atlas('AlertConfiguration'),
  required: ['eventType', 'notifications', 'projectId'],
  references: [toProject()],
  replaceOn: ['projectId'],
  keeps: ['enabled'],
  secrets: [],
  computed: ['alertConfigurationId', 'created', 'updated'],
  defaults: { enabled: false },
  check: (inputs) => {
    const needsThreshold =
      text(inputs, 'eventType') === 'OUTSIDE_METRIC_THRESHOLD' && inputs.metricThresholdConfig === undefined;
    return needsThreshold
      ? [
          problem(
            'metricThresholdConfig',
            'METRIC_THRESHOLD_REQUIRED: OUTSIDE_METRIC_THRESHOLD needs metricThresholdConfig',
          ),
        ]
      : [];
  },
  create: ({ inputs }) => {
    const alert = hex(24);
    const now = new Date().toISOString();
    const id = `${text(inputs, 'projectId')}-${alert}`;
    return { id, state: { alertConfigurationId: alert, created: now, updated: now } };
  },
  changing: () => ['updated'],
  update: () => ({ state: { updated: new Date().toISOString() } }),
};

import { problem } from '../model/errors';
import { uuid } from '../model/ids';
import { list, number, text } from '../model/reading';
import { google } from './google';
import { gcp, label, to, toNetwork, toServiceAccount, toSubnetwork } from './parts';

/** A Cloud Run job: made here, run by whoever asks for it. */
const job = google({
  token: gcp('cloudrunv2', 'Job'),
  id: 'projects/{project}/locations/{location}/jobs/{name}',
  labels: true,
  naming: label(63),
  required: ['location', 'template'],
  references: [
    toServiceAccount('template.template.serviceAccount'),
    toNetwork('template.template.vpcAccess.networkInterfaces.*.network'),
    toSubnetwork('template.template.vpcAccess.networkInterfaces.*.subnetwork'),
    {
      ...to('template.template.containers.*.envs.*.valueSource.secretKeyRef.secret', [gcp('secretmanager', 'Secret')]),
      error: 'INVALID_ARGUMENT',
    },
  ],
  enumerations: {
    launchStage: ['UNIMPLEMENTED', 'PRELAUNCH', 'EARLY_ACCESS', 'ALPHA', 'BETA', 'GA', 'DEPRECATED'],
    'template.template.vpcAccess.egress': ['ALL_TRAFFIC', 'PRIVATE_RANGES_ONLY'],
    'template.template.executionEnvironment': ['EXECUTION_ENVIRONMENT_GEN1', 'EXECUTION_ENVIRONMENT_GEN2'],
  },
  replaceOn: ['location', 'name', 'project', 'tags'],
  keeps: ['launchStage', 'client', 'clientVersion'],
  computed: [
    'conditions',
    'createTime',
    'creator',
    'deleteTime',
    'effectiveAnnotations',
    'etag',
    'executionCount',
    'expireTime',
    'generation',
    'lastModifier',
    'latestCreatedExecutions',
    'launchStage',
    'observedGeneration',
    'reconciling',
    'terminalConditions',
    'uid',
    'updateTime',
  ],
  protection: { flag: 'deletionProtection', byDefault: true },
  defaults: { deletionProtection: true },
  check: (inputs) => {
    const problems = [];
    if (inputs.template !== undefined && list(inputs, 'template.template.containers').length === 0) {
      problems.push(problem('template', 'INVALID_ARGUMENT: a job has at least one container'));
    }
    const retries = number(inputs, 'template.template.maxRetries');
    if (retries !== undefined && (retries < 0 || retries > 10)) {
      problems.push(problem('template', `INVALID_ARGUMENT: maxRetries lies between 0 and 10, got ${retries}`));
    }
    const timeout = text(inputs, 'template.template.timeout');
    if (timeout !== undefined && !/^\d+(\.\d+)?s$/.test(timeout)) {
      problems.push(
        problem('template', `INVALID_ARGUMENT: a timeout is a number of seconds such as 600s, got ${timeout}`),
      );
    }
    return problems;
  },
  make: ({ inputs }) => {
    const now = new Date().toISOString();
    return {
      state: {
        conditions: [],
        createTime: now,
        creator: '',
        deleteTime: '',
        effectiveAnnotations: {},
        etag: '',
        executionCount: 0,
        expireTime: '',
        generation: '1',
        lastModifier: '',
        latestCreatedExecutions: [],
        ...(inputs.launchStage === undefined ? { launchStage: 'GA' } : {}),
        observedGeneration: '1',
        reconciling: false,
        terminalConditions: [{ type: 'Ready', state: 'CONDITION_SUCCEEDED' }],
        uid: uuid(),
        updateTime: now,
      },
    };
  },
});

export const run = [job];

import { createHash } from 'node:crypto';
import { CloudError, problem } from '../model/errors';
import { text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { canonical } from '../model/values';
import { aws, between, named, toRole } from './parts';

export const lambdaFunction: ResourceType = {
  token: aws('lambda', 'Function'),
  naming: named(64, {
    pattern: /^[\w-]+$/,
    rule: 'ValidationException: a function’s name holds letters, digits, - and _',
    taken: { code: 'ResourceConflictException', sentence: (name) => `Function already exist: ${name}` },
  }),
  required: ['role'],
  references: [toRole('role')],
  enumerations: {
    packageType: ['Zip', 'Image'],
    runtime: ['nodejs22.x', 'nodejs24.x', 'python3.11', 'python3.12', 'python3.13', 'python3.14'],
    'architectures.*': ['x86_64', 'arm64'],
  },
  replaceOn: ['name', 'packageType'],
  keeps: ['architectures', 'loggingConfig', 'ephemeralStorage', 'tracingConfig'],
  computed: [
    'arn',
    'codeSha256',
    'invokeArn',
    'lastModified',
    'qualifiedArn',
    'qualifiedInvokeArn',
    'sourceCodeSize',
    'tagsAll',
    'version',
  ],
  defaults: { memorySize: 128, packageType: 'Zip', publish: false, timeout: 3 },
  check: (inputs) => {
    const problems = [...between(inputs, 'timeout', 1, 900), ...between(inputs, 'memorySize', 128, 10_240)];
    const sources = ['code', 's3Bucket', 'imageUri'].filter((key) => inputs[key] !== undefined);
    if (sources.length !== 1) problems.push(problem('code', 'one of `code`, `imageUri`, `s3Bucket` must be specified'));
    if (inputs.imageUri === undefined && (inputs.handler === undefined || inputs.runtime === undefined)) {
      problems.push(problem('handler', 'handler and runtime must be set when PackageType is Zip'));
    }
    return problems;
  },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    const arn = cloud.arn('lambda', `function:${name}`);
    const invokeArn = `arn:aws:apigateway:${cloud.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
    return {
      id: name,
      state: {
        arn,
        codeSha256: createHash('sha256').update(canonical(inputs.code)).digest('base64'),
        invokeArn,
        lastModified: new Date().toISOString(),
        qualifiedArn: `${arn}:$LATEST`,
        qualifiedInvokeArn: invokeArn,
        sourceCodeSize: 1024,
        version: '$LATEST',
      },
    };
  },
};

const toFunction = (path: string) => ({ path, to: [lambdaFunction.token], error: 'ResourceNotFoundException' });

export const lambdaPermission: ResourceType = {
  token: aws('lambda', 'Permission'),
  required: ['action', 'function', 'principal'],
  references: [toFunction('function')],
  replaceOn: [
    'action',
    'eventSourceToken',
    'function',
    'functionUrlAuthType',
    'principal',
    'principalOrgId',
    'qualifier',
    'sourceAccount',
    'sourceArn',
    'statementId',
    'statementIdPrefix',
  ],
  keeps: ['statementId'],
  computed: ['statementId'],
  create: ({ inputs }) => {
    const id = text(inputs, 'statementId') ?? `pulumi-${Date.now()}`;
    return { id, state: { statementId: id } };
  },
};

/** Runs a function once, and again whenever its triggers change. What it did is not simulated: it is said to be well. */
export const lambdaInvocation: ResourceType = {
  token: aws('lambda', 'Invocation'),
  required: ['functionName', 'input'],
  references: [toFunction('functionName')],
  enumerations: { lifecycleScope: ['CREATE_ONLY', 'CRUD'] },
  replaceOn: ['functionName', 'qualifier', 'triggers'],
  replaceWhen: (olds) => (olds.lifecycleScope === 'CRUD' ? [] : ['input']),
  computed: ['result'],
  defaults: { lifecycleScope: 'CREATE_ONLY', qualifier: '$LATEST', terraformKey: 'tf' },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'functionName') ?? '';
    if (!cloud.find([lambdaFunction.token], name)) throw new CloudError('ResourceNotFoundException', name);
    const hash = createHash('md5').update(canonical(inputs.input)).digest('hex');
    return { id: `${name}_$LATEST_${hash}_${Date.now()}`, state: { result: 'null' } };
  },
};

export const lambda = [lambdaFunction, lambdaPermission, lambdaInvocation];

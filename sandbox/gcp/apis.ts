import type { Cloud } from '../model/cloud';
import { CloudError } from '../model/errors';
import { text } from '../model/reading';
import { lastOf } from './parts';

/** The API that a module of the SDK calls. What is not here every project has from the start. */
const apis: Record<string, string> = {
  artifactregistry: 'artifactregistry',
  billing: 'billingbudgets',
  certificatemanager: 'certificatemanager',
  cloudrunv2: 'run',
  cloudscheduler: 'cloudscheduler',
  compute: 'compute',
  container: 'container',
  dns: 'dns',
  memorystore: 'memorystore',
  networkconnectivity: 'networkconnectivity',
  redis: 'redis',
  secretmanager: 'secretmanager',
  serviceaccount: 'iam',
  servicenetworking: 'servicenetworking',
  sql: 'sqladmin',
};

const service = 'gcp:projects/service:Service';

/**
 * A call to an API that the project has not enabled is refused. A project in which the program enables none has them
 * all: somebody else has seen to it.
 *
 * @throws CloudError where the program enables others and not this one, or not yet
 */
export function needApi(token: string, project: string, cloud: Cloud): void {
  const name = apis[token.split(':')[1]?.split('/')[0] ?? ''];
  const enabled = cloud
    .all(service)
    .filter(({ inputs, state }) => lastOf(text(inputs, 'project') ?? text(state, 'project')) === project)
    .map(({ inputs }) => text(inputs, 'service'));
  if (name === undefined || enabled.length === 0 || enabled.includes(`${name}.googleapis.com`)) return;
  const sentence = `${name}.googleapis.com has not been used in project ${project} before or it is disabled`;
  throw new CloudError('SERVICE_DISABLED', sentence);
}

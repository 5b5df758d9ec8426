import { createHash } from 'node:crypto';
import type { Cloud } from '../model/cloud';
import { CloudError } from '../model/errors';
import { text } from '../model/reading';
import type { Bag } from '../model/values';
import { secret, secretVersion } from './secretmanager';

/** A project by its id. Every project has the number of the sandbox's account. */
function getProject(args: Bag, cloud: Cloud): Bag {
  const projectId = text(args, 'projectId') ?? text(cloud.settings, 'project');
  if (projectId === undefined) throw new Error('project: required field is not set');
  return {
    autoCreateNetwork: true,
    billingAccount: '',
    deletionPolicy: 'PREVENT',
    effectiveLabels: {},
    folderId: '',
    id: `projects/${projectId}`,
    labels: {},
    name: projectId,
    number: cloud.account,
    orgId: '123456789012',
    projectId,
    pulumiLabels: {},
    tags: {},
  };
}

/** The newest version of a secret. One that was declared to exist holds a value that is made up, and is always the same. */
function getSecretVersion(args: Bag, cloud: Cloud): Bag {
  const asked = text(args, 'secret') ?? '';
  const project = text(args, 'project') ?? text(cloud.settings, 'project') ?? '';
  const full = asked.startsWith('projects/') ? asked : `projects/${project}/secrets/${asked}`;
  const found = cloud.find([secret.token], full);
  const parent = text(found?.state, 'name') ?? full;
  const versions = cloud.all(secretVersion.token).filter((one) => one.id.startsWith(`${parent}/versions/`));
  const newest = versions.sort((a, b) => Number(text(b.state, 'version')) - Number(text(a.state, 'version')))[0];
  const declared = [asked, full].some((name) => cloud.store.existing().includes(name));
  if (!newest && !declared) throw new CloudError('NOT_FOUND', `Secret Version [${full}/versions/latest] not found.`);
  const value =
    text(newest?.inputs, 'secretData') ?? `made-up-${createHash('sha256').update(full).digest('hex').slice(0, 12)}`;
  const version = text(newest?.state, 'version') ?? '1';
  return {
    createTime: newest?.createdAt ?? '2026-01-01T00:00:00Z',
    destroyTime: '',
    enabled: true,
    id: `${parent}/versions/${version}`,
    name: `${parent}/versions/${version}`,
    project,
    secret: asked,
    secretData: value,
    version,
  };
}

/** The configuration of the provider that asks. */
function getClientConfig(_: Bag, cloud: Cloud): Bag {
  const of = (key: string): string => text(cloud.settings, key) ?? '';
  return {
    accessToken: 'sandbox',
    defaultLabels: {},
    id: 'sandbox',
    project: of('project'),
    region: of('region'),
    zone: of('zone'),
  };
}

export const functions = {
  'gcp:organizations/getProject:getProject': getProject,
  'gcp:organizations/getClientConfig:getClientConfig': getClientConfig,
  'gcp:secretmanager/getSecretVersion:getSecretVersion': getSecretVersion,
};

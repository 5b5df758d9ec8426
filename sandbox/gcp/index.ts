import { version } from '@pulumi/gcp/package.json';
import { problem, type Problem } from '../model/errors';
import { text } from '../model/reading';
import type { PackageConfig, ProviderPackage } from '../model/resource-type';
import { balancer } from './balancer';
import { certificates } from './certificates';
import { dns } from './dns';
import { functions } from './functions';
import { gke } from './gke';
import { iam } from './iam/accounts';
import { instances } from './instances';
import { memorystore } from './memorystore';
import { monitoring } from './monitoring';
import { networking } from './network';
import { redis } from './redis';
import { run } from './run';
import { scheduler } from './scheduler';
import { secretmanager } from './secretmanager';
import { services } from './services';
import { sql } from './sql';
import { storage } from './storage';

/** The id of a project, with the domain of an old organization before it where there is one. Its number is none. */
const projectId = /^(?:[a-z][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;

function checkConfig(config: PackageConfig): Problem[] {
  const project = text(config.values, 'project');
  if (project === undefined || projectId.test(project)) return [];
  return [problem('project', `"${project}" is no project id: 6 to 30 lower-case letters, digits and hyphens`)];
}

export const gcpPackage: ProviderPackage = {
  name: 'gcp',
  version,
  namesAreUnique: true,
  checkConfig,
  functions,
  types: [
    ...networking,
    ...instances,
    ...balancer,
    ...certificates,
    ...dns,
    ...memorystore,
    ...storage,
    ...secretmanager,
    ...iam,
    ...services,
    ...monitoring,
    ...run,
    ...scheduler,
    ...gke,
    ...redis,
    ...sql,
  ],
};

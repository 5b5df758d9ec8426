import { version } from '@pulumi/mongodbatlas/package.json';
import type { ProviderPackage } from '../model/resource-type';
import { cloudBackupSchedule } from './backup-schedule';
import { advancedCluster } from './cluster';
import { getAdvancedCluster } from './functions';
import { privateLinkEndpoint, privateLinkEndpointService } from './private-link';
import { alertConfiguration, databaseUser, project, projectIpAccessList } from './project';

export const atlasPackage: ProviderPackage = {
  name: 'mongodbatlas',
  version,
  types: [
    project,
    advancedCluster,
    databaseUser,
    projectIpAccessList,
    privateLinkEndpoint,
    privateLinkEndpointService,
    cloudBackupSchedule,
    alertConfiguration,
  ],
  functions: { 'mongodbatlas:index/getAdvancedCluster:getAdvancedCluster': getAdvancedCluster },
};

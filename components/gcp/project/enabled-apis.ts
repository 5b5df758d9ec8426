import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';

/** What the components of this folder call. A new project has none of them switched on. */
export const apis = [
  'artifactregistry.googleapis.com',
  'billingbudgets.googleapis.com',
  'certificatemanager.googleapis.com',
  'cloudresourcemanager.googleapis.com',
  'cloudscheduler.googleapis.com',
  'compute.googleapis.com',
  'container.googleapis.com',
  'dns.googleapis.com',
  'iam.googleapis.com',
  'logging.googleapis.com',
  'memorystore.googleapis.com',
  'monitoring.googleapis.com',
  'networkconnectivity.googleapis.com',
  'redis.googleapis.com',
  'run.googleapis.com',
  'secretmanager.googleapis.com',
  'serviceconsumermanagement.googleapis.com',
  'servicenetworking.googleapis.com',
  'sqladmin.googleapis.com',
  'storage.googleapis.com',
] as const;

export interface EnabledApisArgs {
  /** Id of the project. A change enables them in the other project and leaves this one as it is. */
  projectId: string;
}

/**
 * The APIs of Google Cloud that a stack uses, switched on in its project. They stay on when the stack goes: somebody
 * else in the project may use them by then.
 *
 * Cost: nothing; what is made through them costs.
 *
 * ```ts
 * const apis = new EnabledApis('pulse-prod-apis', { projectId: 'example-project-123' });
 * ```
 */
export class EnabledApis extends pulumi.ComponentResource {
  constructor(name: string, { projectId }: EnabledApisArgs, opts?: pulumi.ComponentResourceOptions) {
    super('stackladder:gcp:EnabledApis', name, {}, opts);
    for (const service of apis) {
      new gcp.projects.Service(
        nameOf('gcp', name, service.replace('.googleapis.com', '')),
        { project: projectId, service, disableOnDestroy: false },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}

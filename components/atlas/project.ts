import * as mongodbatlas from '@pulumi/mongodbatlas';
import * as pulumi from '@pulumi/pulumi';
import { type Fault, must, refuseFaults } from '../faults';
import { nameOf } from '../naming';
import { singleAddressRange } from './access-range';

export interface AtlasProjectArgs {
  /**
   * Atlas organization that owns a new project, 24 hexadecimal digits. Not looked at where an existing project is used.
   * **A change replaces project and data.**
   */
  organizationId: string;
  /** A project to use instead of a new one. Going from one to the other moves no cluster. */
  existingProjectId?: string;
  /**
   * Public IPv4 addresses that may connect, by a name of the caller's own that stays the same. Only M0 needs it: a
   * dedicated cluster is reached through its private endpoint. Default: nobody.
   */
  accessList?: Record<string, pulumi.Input<string>>;
  /** Pulumi's `protect` on the project: a plan that would delete it fails. */
  protect: boolean;
  /** Labels in Atlas. */
  tags?: Record<string, string>;
}

/**
 * An Atlas project: the wall around a system's clusters, users and access list in one environment. Each environment
 * has its own, so a user of one can never reach another. The list of addresses is closed unless told otherwise.
 * Endpoints by region (`regionalMode`) are for sharded clusters alone and stay off: a replica set over several regions
 * has one address for all its endpoints.
 *
 * Cost: nothing; what is inside costs.
 *
 * ```ts
 * const project = new AtlasProject('pulse-dev-db', {
 *   organizationId: '5f0e1d2c3b4a59687a6b5c4d', accessList: { 'nat-a': network.natAddresses[0] }, protect: false,
 * });
 * ```
 */
export class AtlasProject extends pulumi.ComponentResource {
  readonly projectId: pulumi.Output<string>;
  /** Undefined where an existing project is used. */
  readonly project?: mongodbatlas.Project;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: AtlasProjectArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('AtlasProject', name, faultsOf(args));
    super('stackladder:atlas:AtlasProject', name, {}, opts);
    if (args.existingProjectId === undefined) this.project = this.createProject(name, args);
    this.projectId = this.project?.id ?? pulumi.output(args.existingProjectId!);
    for (const [key, address] of Object.entries(args.accessList ?? {})) this.letIn(name, key, address);
    this.registerOutputs({ projectId: this.projectId });
  }

  private createProject(name: string, args: AtlasProjectArgs): mongodbatlas.Project {
    return new mongodbatlas.Project(
      nameOf('mongodbatlas:project', name),
      { orgId: args.organizationId, tags: args.tags },
      { parent: this, protect: args.protect },
    );
  }

  private letIn(name: string, key: string, address: pulumi.Input<string>): void {
    new mongodbatlas.ProjectIpAccessList(
      nameOf('mongodbatlas', name, 'from', key),
      {
        projectId: this.projectId,
        cidrBlock: pulumi.output(address).apply(singleAddressRange),
        comment: `${name}: ${key}`,
      },
      { parent: this },
    );
  }
}

const objectId = /^[0-9a-f]{24}$/;

function faultsOf(args: AtlasProjectArgs): Fault[] {
  const { existingProjectId } = args;
  const addresses = Object.entries(args.accessList ?? {});
  return [
    must(
      existingProjectId !== undefined || objectId.test(args.organizationId),
      'organizationId',
      `"${args.organizationId}" must be 24 hexadecimal digits`,
    ),
    must(
      existingProjectId === undefined || objectId.test(existingProjectId),
      'existingProjectId',
      `"${existingProjectId}" must be 24 hexadecimal digits`,
    ),
    ...addresses.map(([key, address]) =>
      must(
        typeof address !== 'string' || /^\d{1,3}(\.\d{1,3}){3}(\/32)?$/.test(address),
        `accessList.${key}`,
        `"${String(address)}" must be one IPv4 address`,
      ),
    ),
  ];
}

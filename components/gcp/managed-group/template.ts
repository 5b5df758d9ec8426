import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import type { InstancePart } from '../../instances/part';
import { poolerPart } from '../../instances/pooler';
import { plainVariables } from '../../instances/plain-variables';
import { nameOf } from '../../naming';
import type { ServiceIdentity } from '../service-identity/service-identity';
import type { CompleteWorkload } from './arguments';
import { instanceSecrets } from './secrets';
import { debianImage, diskTypeOf } from './machine';
import { startupScript } from './startup-script';

type Scheduling = gcp.types.input.compute.RegionInstanceTemplateScheduling;

export interface TemplateParts {
  /** Default: a machine that moves when Google has to work on its own, and is started again when it fails. */
  scheduling?: Scheduling;
  /** What runs beside the container. Default: nothing. */
  parts?: InstancePart[];
}

const steady: Scheduling = { automaticRestart: true, onHostMaintenance: 'MIGRATE' };

/**
 * What a new instance is: a machine without a public address, with its service's identity, a verified boot, log-in by
 * IAM alone, and the script that brings the service up. Templates cannot be changed, so each version is a new one.
 */
export function createTemplate(
  name: string,
  args: CompleteWorkload & { port?: number },
  identity: ServiceIdentity,
  parent: pulumi.Resource,
  { scheduling = steady, parts = [] }: TemplateParts = {},
): gcp.compute.RegionInstanceTemplate {
  return new gcp.compute.RegionInstanceTemplate(
    nameOf('gcp:compute', name),
    {
      region: args.region,
      machineType: args.machine,
      disks: [
        {
          boot: true,
          autoDelete: true,
          sourceImage: args.machineImage ?? debianImage(args.machine),
          diskType: diskTypeOf(args.machine),
          diskSizeGb: args.diskGb,
          labels: args.labels,
        },
      ],
      // Without an access configuration: no public address.
      networkInterfaces: [{ subnetwork: args.regionalNetwork.subnet.id }],
      // What the account may do is said by its roles; a narrower scope would only hide them.
      serviceAccount: { email: identity.email, scopes: ['https://www.googleapis.com/auth/cloud-platform'] },
      shieldedInstanceConfig: { enableSecureBoot: true, enableVtpm: true, enableIntegrityMonitoring: true },
      scheduling,
      metadata: {
        'enable-oslogin': 'TRUE',
        'block-project-ssh-keys': 'TRUE',
        'serial-port-enable': 'FALSE',
        // What runs, also where the script is not known yet: the policies read it in a preview.
        image: args.image,
        'startup-script': scriptOf(args, parts),
      },
      labels: args.labels,
    },
    { parent },
  );
}

function scriptOf(args: CompleteWorkload & { port?: number }, parts: InstancePart[]): pulumi.Output<string> {
  const { image, command, port, drainSeconds, readOnlyRootFilesystem } = args;
  return pulumi
    .all([
      plainVariables(args.environment),
      pulumi.all(instanceSecrets(args)),
      args.trustedCertificates,
      poolerOf(args),
    ])
    .apply(([environment, secrets, trustedCertificates, pooler]) =>
      startupScript({
        image,
        command,
        port,
        drainSeconds,
        readOnlyRootFilesystem,
        environment,
        secrets,
        trustedCertificates,
        pooler,
        parts,
      }),
    );
}

/** PgBouncer beside the service, once the databases have their addresses. */
function poolerOf({ pooled }: CompleteWorkload): pulumi.Output<InstancePart | undefined> {
  if (!pooled) return pulumi.output(undefined);
  const databases = pooled.databases.map(({ variable, name, host, port, database, user }) =>
    pulumi.output(host).apply((address) => ({ variable, name, host: address, port, database, user })),
  );
  return pulumi.all(databases).apply((known) => poolerPart({ pooler: pooled.pooler, databases: known }));
}

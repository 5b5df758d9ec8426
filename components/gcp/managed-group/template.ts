import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { plainVariables } from '../../instances/plain-variables';
import { nameOf } from '../../naming';
import type { ServiceIdentity } from '../service-identity/service-identity';
import type { CompleteArgs } from './arguments';
import { debianImage, diskTypeOf } from './machine';
import { startupScript } from './startup-script';

/**
 * What a new instance is: a machine without a public address, with its service's identity, a verified boot, log-in by
 * IAM alone, and the script that brings the service up. Templates cannot be changed, so each version is a new one.
 */
export function createTemplate(
  name: string,
  args: CompleteArgs,
  identity: ServiceIdentity,
  parent: pulumi.Resource,
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
      scheduling: { automaticRestart: true, onHostMaintenance: 'MIGRATE' },
      metadata: {
        'enable-oslogin': 'TRUE',
        'block-project-ssh-keys': 'TRUE',
        'serial-port-enable': 'FALSE',
        // What runs, also where the script is not known yet: the policies read it in a preview.
        image: args.image,
        'startup-script': scriptOf(args),
      },
      labels: args.labels,
    },
    { parent },
  );
}

function scriptOf(args: CompleteArgs): pulumi.Output<string> {
  const { image, port, drainSeconds, readOnlyRootFilesystem } = args;
  return pulumi
    .all([plainVariables(args.environment), pulumi.all(args.secrets), args.trustedCertificates])
    .apply(([environment, secrets, trustedCertificates]) =>
      startupScript({ image, port, drainSeconds, readOnlyRootFilesystem, environment, secrets, trustedCertificates }),
    );
}

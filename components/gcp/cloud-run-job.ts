import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../naming';
import type { Network } from './network/network';
import type { RegionalNetwork } from './network/regional-network';
import type { ServiceIdentity } from './service-identity/service-identity';

export interface NetworkJobArgs {
  projectId: string;
  region: string;
  network: Network;
  regionalNetwork: RegionalNetwork;
  identity: ServiceIdentity;
  image: string;
  commands: string[];
  /** Plain variables, in their order. */
  variables: { name: string; value: string }[];
  /** The one variable that is filled from a secret when the job starts. */
  secret: { name: string; id: pulumi.Input<string> };
  /** Starts of a run that failed. */
  maxRetries: number;
  labels?: Record<string, string>;
}

/** Cloud Run's limit on one variable, in bytes. */
export const LONGEST_VARIABLE = 32 * 1024;

/** Text as a variable carries it to a job, whatever is in it. */
export function encoded(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** A job of Cloud Run that leaves by the network's own subnet, has one secret, and may take an hour. It keeps nothing. */
export function networkJob(name: string, args: NetworkJobArgs, parent: pulumi.Resource): gcp.cloudrunv2.Job {
  const { identity, network, regionalNetwork, secret } = args;
  return new gcp.cloudrunv2.Job(
    nameOf('gcp:cloudrun/job', name),
    {
      project: args.projectId,
      location: args.region,
      deletionProtection: false, // leaving the cloud must not wait for it
      labels: args.labels,
      template: {
        taskCount: 1,
        template: {
          serviceAccount: identity.email,
          maxRetries: args.maxRetries,
          timeout: '3600s', // an index over a large collection takes its time
          vpcAccess: {
            egress: 'ALL_TRAFFIC',
            networkInterfaces: [{ network: network.id, subnetwork: regionalNetwork.subnet.id }],
          },
          containers: [
            {
              image: args.image,
              commands: args.commands,
              envs: [
                ...args.variables,
                { name: secret.name, valueSource: { secretKeyRef: { secret: secret.id, version: 'latest' } } },
              ],
              resources: { limits: { cpu: '1', memory: '512Mi' } },
            },
          ],
        },
      },
    },
    { parent, dependsOn: [...identity.grants, ...regionalNetwork.internetAccess] },
  );
}

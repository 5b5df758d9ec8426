import type * as pulumi from '@pulumi/pulumi';
import { type Fault, must, wholeNumber } from '../../faults';
import type { Identity } from '../labels';
import { isStoreSize } from '../store-size';
import { images } from '../valkey-node';
import { pinnedImage } from '../workload/arguments';

export interface QueueBrokerArgs {
  /** Its name on the cluster and the stack that it belongs to. **A change replaces the broker and loses its jobs.** */
  identity: Identity;
  /** Namespace that it is put in. **A change replaces the broker and loses its jobs.** */
  namespace: pulumi.Input<string>;
  /** Valkey version as major.minor, e.g. `8.0`. A change restarts it. */
  engineVersion: string;
  /** Its size, `<cpu>/<memory>`, e.g. `250m/512Mi`. A change restarts it. */
  nodeType: string;
  /** TCP port, e.g. 6379. A change restarts it. */
  port: number;
  /** Labels of the pods that may connect: those that put jobs in, that take them out, and what counts them. */
  clients: Record<string, string>[];
  /** StorageClass of the volume. Default: the cluster's. **A change is refused by Kubernetes.** */
  storageClass?: string;
  /** Valkey's image, pinned. Default: the newest of `engineVersion` that the project knows. */
  image?: string;
  /** Pulumi's `protect` on the stateful set and its password: a plan that would delete one fails. */
  protect: boolean;
}

export function faultsOf(args: QueueBrokerArgs): Fault[] {
  return [
    must(
      args.image !== undefined || args.engineVersion in images,
      'engineVersion',
      `"${args.engineVersion}" must be one of ${Object.keys(images).join(', ')}, or image be given`,
    ),
    args.image === undefined ? undefined : pinnedImage('image', args.image),
    // Its volume gets names such as `data-<name>-0`.
    must(
      /^[a-z][a-z0-9-]{0,50}$/.test(args.identity.name),
      'identity.name',
      `"${args.identity.name}" is no short name`,
    ),
    must(isStoreSize(args.nodeType), 'nodeType', `"${args.nodeType}" must look like 250m/512Mi`),
    wholeNumber('port', args.port, 1_024, 65_535),
    must(args.clients.length > 0, 'clients', 'a broker that nobody may reach is of no use'),
  ];
}

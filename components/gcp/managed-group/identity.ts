import type { ServiceIdentityArgs } from '../service-identity/service-identity';
import type { CompleteWorkload } from './arguments';
import { instanceSecrets } from './secrets';

/** What the instances of a group may do: what their containers need, and read the passwords of what is pooled. */
export function identityOf(name: string, args: CompleteWorkload): ServiceIdentityArgs {
  const { projectId, buckets, caches, image } = args;
  return { projectId, displayName: name, secrets: instanceSecrets(args), buckets, caches, images: [image] };
}

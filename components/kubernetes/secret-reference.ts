import * as pulumi from '@pulumi/pulumi';
import type { SecretReference } from '../platform';

/**
 * A secret of a plain cluster, which has no secret manager: every user gets a Secret of its own, made from the value.
 * The id only says what it is.
 */
export function secretReference(id: string, value: pulumi.Output<string>): SecretReference {
  return { id: pulumi.output(id), value: () => pulumi.secret(value) };
}

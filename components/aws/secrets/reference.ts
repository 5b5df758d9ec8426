import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { SecretReference } from '../../platform';
import type { StoredSecret } from './stored-secret';

/** A secret that the stack stores itself. */
export function ownSecret(secret: StoredSecret): SecretReference {
  return { id: secret.arn, value: () => secret.value ?? unreadable() };
}

function unreadable(): never {
  throw new Error('a secret that a rotation writes is read from Secrets Manager by its id, never by the program');
}

/** A secret of Secrets Manager that was there before; its value is read only when a cluster asks for it. */
export function givenSecret(arn: string, provider: aws.Provider): SecretReference {
  return {
    id: pulumi.output(arn),
    value: () => pulumi.secret(aws.secretsmanager.getSecretVersionOutput({ secretId: arn }, { provider }).secretString),
  };
}

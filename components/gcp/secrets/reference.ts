import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import type { SecretReference } from '../../platform';
import type { StoredSecret } from './stored-secret';

/** A secret that the stack stores itself. */
export function ownSecret(secret: StoredSecret): SecretReference {
  return { id: secret.id, value: () => secret.value };
}

/** A secret of Secret Manager that was there before; its value is read only when a cluster asks for it. */
export function givenSecret(id: string, provider: gcp.Provider): SecretReference {
  return {
    id: pulumi.output(id),
    value: () => pulumi.secret(gcp.secretmanager.getSecretVersionOutput({ secret: id }, { provider }).secretData),
  };
}

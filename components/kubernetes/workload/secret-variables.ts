import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { type Identity, labelsOf } from '../labels';

/** The Secret is named by Pulumi, and replaced when a value changes: the Deployment then names another, and its pods follow. */
export function secretVariables(
  name: string,
  args: { identity: Identity; namespace: pulumi.Input<string>; secrets: Record<string, pulumi.Input<string>> },
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Secret | undefined {
  if (Object.keys(args.secrets).length === 0) return undefined;
  return new k8s.core.v1.Secret(
    nameOf('kubernetes', name),
    {
      metadata: { namespace: args.namespace, labels: labelsOf(args.identity) },
      type: 'Opaque',
      immutable: true,
      stringData: pulumi.secret(args.secrets),
    },
    opts,
  );
}

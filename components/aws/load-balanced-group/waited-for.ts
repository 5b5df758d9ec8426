import * as pulumi from '@pulumi/pulumi';

/**
 * What the caller makes a component wait for. Children wait for it when they are created, but the engine keeps no
 * dependency of theirs, so a destroy could take the way out away from instances that still drain.
 */
export function waitedFor(opts: pulumi.ComponentResourceOptions | undefined): pulumi.Input<pulumi.Resource>[] {
  const dependsOn = opts?.dependsOn;
  if (Array.isArray(dependsOn)) return dependsOn;
  return pulumi.Resource.isInstance(dependsOn) ? [dependsOn] : [];
}

/** Seconds that one step of a rollout may take: a node more, an image, a start. */
const STEP_SECONDS = 600;
/** Of an ordinary step the image is on the node, and the pod is looked at for a quarter of a minute. */
const USUAL_MINUTES = 1;

interface Rolled {
  capacity: { max: number };
  drainSeconds: number;
}

/**
 * Seconds without any step after which Kubernetes calls a rollout failed. On full nodes a new pod waits for the place of
 * one that still ends its work.
 */
export function progressSeconds({ drainSeconds }: Rolled): number {
  return STEP_SECONDS + drainSeconds;
}

/**
 * How long an update waits for a rollout. Pods are changed one by one, and the provider's own ten minutes are not enough
 * for fifty. New ones start all at once.
 *
 * @param stepMinutes what an ordinary step takes
 */
export function rolloutTimeouts(rolled: Rolled, stepMinutes = USUAL_MINUTES): { update: string } {
  const minutes = Math.ceil(progressSeconds(rolled) / 60) + rolled.capacity.max * stepMinutes;
  return { update: `${minutes}m` };
}

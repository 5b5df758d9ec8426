import { setTimeout as sleep } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';
import { CloudError } from '../model/errors';
import type { Faults, Target } from '../store/faults';
import { failure } from './failures';

/** As the AWS provider's own limit; Atlas's is near. */
const MAX_ATTEMPTS = 25;
/** Milliseconds. The real ones are longer; what counts is that they grow. */
const FIRST_WAIT = 5;
const LONGEST_WAIT = 100;

/** Runs a call as the faults that wait for it allow. */
export async function spoil<Answer>(
  faults: Faults,
  target: Target,
  run: () => Answer | Promise<Answer>,
): Promise<Answer> {
  const slow = faults.take(['latency'], target);
  if (slow) await sleep(slow.milliseconds ?? 1000);
  for (let attempt = 1; faults.take(['throttle'], target); attempt++) {
    if (attempt === MAX_ATTEMPTS) {
      throw new CloudError(
        'ThrottlingException',
        `Rate exceeded (exceeded maximum number of attempts, ${MAX_ATTEMPTS})`,
      );
    }
    await sleep(Math.min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT));
  }
  const broken = faults.take(['error'], target);
  if (broken) throw new CloudError('InternalFailure', broken.message ?? 'the request processing has failed');
  const answer = await run();
  const lost = faults.take(['lost'], target);
  if (lost)
    throw failure(
      new Error(lost.message ?? 'the connection was closed before the answer came'),
      grpc.status.UNAVAILABLE,
    );
  return answer;
}

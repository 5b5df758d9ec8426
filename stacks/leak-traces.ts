// The module itself, not a copy of what it exports: what the SDK calls is changed below.
// eslint-disable-next-line @typescript-eslint/no-require-imports
import debuggable = require('@pulumi/pulumi/runtime/debuggable');

/** The part of the SDK's internals that notes where each promise was made; left out of its declarations. */
const sdk = debuggable as { debuggablePromise?: (promise: Promise<unknown>, context: unknown) => Promise<unknown> };

/**
 * Stops the stack traces that the SDK takes of every promise, in case it is never settled. Written out with source maps
 * they are four fifths of the time of a plan or a preview, and a gigabyte of memory at Enterprise. Errors keep theirs.
 *
 * @returns what puts it back as it was
 */
export function dropLeakTraces(): () => void {
  const original = sdk.debuggablePromise;
  // Another version of the SDK may do without: then there is nothing to save.
  if (!original) return () => undefined;
  sdk.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return original(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
  return () => {
    sdk.debuggablePromise = original;
  };
}

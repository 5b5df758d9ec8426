/** What a cloud answers when it refuses: its own error code, and its sentence. */
export class CloudError extends Error {
  constructor(
    readonly code: string,
    sentence: string,
    /** True where the client would try again by itself, e.g. throttling. */
    readonly retryable = false,
  ) {
    super(`${code}: ${sentence}`);
  }
}

/** One input that Check refuses. */
export interface Problem {
  property: string;
  reason: string;
}

export function problem(property: string, reason: string): Problem {
  return { property, reason };
}

import { limitsOf } from "../options/limits.ts";
import type { CallOptions } from "../options/options.ts";
import { deadline } from "../timing/deadline.ts";
import { withSignal } from "../timing/with-signal.ts";

/**
 * A call of several steps, such as a refresh and a request, under the one total limit that it was given. A step that
 * knows no signal, such as a session store, is not waited for any longer.
 * @param describe the call, for the error's message
 */
export async function withinTotal<T>(
  describe: string,
  options: CallOptions,
  work: (options: CallOptions & { signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const limit = deadline(describe, options.signal);
  const { signal } = limit;
  limit.start("total", limitsOf("request", options.timeout).totalMs);
  try {
    return await withSignal(work({ ...options, signal }), signal);
  } finally {
    limit.release();
  }
}

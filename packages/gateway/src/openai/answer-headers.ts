import type { Backend } from "../backend/backend.ts";
import { ignoredHeader } from "../http/ignored.ts";

/** Headers of a model's answer. */
export function answerHeaders(
  { reportsUsage }: Pick<Backend, "reportsUsage">,
  ignored: Iterable<string>,
): Record<string, string> {
  return {
    ...ignoredHeader(ignored),
    // Usage that nobody tells is zero, as clients want a number; this says that it is none.
    ...(reportsUsage ? {} : { "x-flowith-usage": "unknown" }),
  };
}

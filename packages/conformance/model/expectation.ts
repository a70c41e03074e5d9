import { finalText } from "./job-script.ts";
import type { Link, Struck } from "./service/link.ts";
import type { ServiceJob } from "./service/service-job.ts";
import type { TracedJob } from "./traced-job.ts";
import type { RequestWeather } from "./weather.ts";

/** What may become of a job, given what was done to it. */
export interface Expectation {
  mayBeText: boolean;
  /** Names of the errors that are right. */
  errors: Set<string>;
}

export interface Facts {
  job: TracedJob;
  link: Link;
  /** Undefined where the service never took the job. */
  taken: ServiceJob | undefined;
}

/** The name under which the caller's own reason goes, whatever it is. */
export const OWN_REASON = "the signal's reason";
export const OWN_BUG = "the error of onSubmit";

/** The reference model. */
export function expectation(facts: Facts): Expectation {
  const { job, taken } = facts;
  const expected = taken === undefined ? { mayBeText: false, errors: new Set<string>() } : naturalEnd(facts, taken);
  for (const name of errorsOfWeather(facts)) expected.errors.add(name);
  if (job.onSubmit === "throws") expected.errors.add(OWN_BUG);
  if (job.ending === undefined) return expected;
  const { by, isCertain } = job.ending;
  if (isCertain) {
    expected.mayBeText = false;
    expected.errors.clear();
  }
  expected.errors.add(by === "abort" ? OWN_REASON : "AbortError");
  return expected;
}

/** What becomes of a job that was taken, as far as the service's own doing and the stream go. */
function naturalEnd({ job, link }: Facts, { nodeId, rowSettledAtMs }: ServiceJob): Expectation {
  const { ending } = job.script;
  const isInRow = rowSettledAtMs !== undefined;
  const isTold = link.endsDelivered.has(nodeId);
  if (ending.kind === "failed") return failure(isTold || isInRow ? "JobFailedError" : "TimeoutError");
  // Nothing is no answer: such a job is never a success.
  if (finalText(job.script) === "") return failure("StreamTruncatedError", "TimeoutError");
  if (isInRow) return { mayBeText: true, errors: new Set() };
  if (!isTold) return failure("TimeoutError");
  if (ending.kind === "complete") return { mayBeText: true, errors: new Set() };
  // The end came without the text and the row never has it: only who got every piece in order has the whole.
  if (link.hasLost.has(nodeId)) return failure("StreamTruncatedError");
  return { mayBeText: true, errors: new Set(["StreamTruncatedError"]) };
}

function failure(...names: string[]): Expectation {
  return { mayBeText: false, errors: new Set(names) };
}

function errorsOfWeather({ job, link }: Facts): string[] {
  const { startedAtMs = 0, overAtMs = Number.POSITIVE_INFINITY } = job;
  const struck = link.struck.filter(({ atMs }) => atMs >= startedAtMs && atMs <= overAtMs);
  const names = struck.flatMap((one) => errorsOf(one, struck));
  // While questions for the row fail again and again, an end without a text cannot be looked into.
  const failures = struck.filter(({ route }) => route === "rows").length;
  return failures < 2 ? names : [...names, "StreamTruncatedError"];
}

/** What a request's weather can end a job with. That of the stream never does: there the rows step in. */
function errorsOf(one: Struck, others: readonly Struck[]): string[] {
  const { route, weather } = one;
  const name = route === "stream" ? undefined : errorNameOf(weather);
  if (name === undefined) return [];
  // Rows are asked again, but for refusals that do not pass by waiting; silence can use up the job's own limit.
  if (route === "rows")
    return ["AuthenticationError", "PermissionError", "TimeoutError"].filter((each) => each === name);
  // A post that may have arrived is settled by its row, or repeated, unless more goes wrong.
  const hasMore = others.some((other) => other !== one && (other.route === "post" || other.route === "rows"));
  if (route === "post" && isAmbiguous(weather) && !hasMore) return [];
  return [name];
}

function isAmbiguous(weather: RequestWeather): boolean {
  return weather.kind !== "status" || weather.status >= 500;
}

function errorNameOf(weather: RequestWeather): string | undefined {
  switch (weather.kind) {
    case "status":
      return errorNames[weather.status] ?? "ServerError";
    case "html":
      return "ServerError";
    case "cut":
      return "ConnectionError";
    case "silence":
      return "TimeoutError";
    case "slow":
      return undefined;
  }
}

const errorNames: Record<number, string> = {
  401: "AuthenticationError",
  403: "PermissionError",
  404: "NotFoundError",
  429: "RateLimitError",
};

import { FlowithError } from "../errors/flowith-error.ts";
import { isRecord } from "../wire/parse.ts";

/** Of the platforms' own errors: aborts and limits of the DOM, and Deno's classes. */
const names =
  /^(AbortError|TimeoutError|NetworkError|TypeError|FetchError|NotCapable|Connection\w+|NotConnected|BrokenPipe|TimedOut|Interrupted|UnexpectedEof|Http|NetworkUnreachable|AddrNotAvailable)$/;

/** What Workers throw as a plain Error. */
const workerWords = /network connection lost|internal error|disconnected/i;

/**
 * Whether it is of the kind that `fetch` throws when nothing comes back. All else is its thrower's business: a framework
 * steers its rendering by errors that it throws inside of `fetch`, which have a `digest`, and waits for just these.
 */
export function isFetchFailure(thrown: unknown): boolean {
  if (FlowithError.is(thrown)) return true;
  if (!isRecord(thrown) || "digest" in thrown) return false;
  if (names.test(String(thrown.name)) || workerWords.test(String(thrown.message))) return true;
  return hasCode(thrown) || (isRecord(thrown.cause) && hasCode(thrown.cause));
}

/** A system's error has one; a DOMException's is a number. */
function hasCode({ code }: Record<string, unknown>): boolean {
  return typeof code === "string";
}

import * as v from "valibot";
import type { FetchLike, Middleware } from "../http/middleware.ts";
import type { Logger, LogLevel } from "../options/logger.ts";
import { callable, count, port, positiveCount, serviceUrl, without } from "../options/option-values.ts";
import type { TimeoutOptions } from "../options/options.ts";
import { logLevel, timeoutSchema } from "../options/options-check.ts";
import { pasteAccident, trimmed } from "../text/paste-accident.ts";
import { keyedHeaders } from "./check-developer-call.ts";

/** Options of a client of the developer API. */
export interface DeveloperClientOptions {
  /**
   * A key as the web app makes it in its settings. White space round it is dropped; a token of a session (a JWT), quotes,
   * a leading `Bearer` and white space inside are refused. It goes to `edgeUrl` and nowhere else.
   */
  apiKey?: string | undefined;
  /** Default `https://edge.flowith.io`. May have a path; paths are added to it. */
  edgeUrl?: string | undefined;
  /** Default: the platform's. It is given a URL and an init, also behind `middleware`, and so need not know `Request`. */
  fetch?: FetchLike | undefined;
  /** Added to every request to the edge. */
  headers?: Record<string, string> | undefined;
  /** Goes round every request, the first one outermost. */
  middleware?: Middleware[] | undefined;
  /** Of every call but downloads; what a call has goes before. See each verb for its defaults. */
  timeout?: TimeoutOptions | undefined;
  /** Of requests that are safe to repeat. Default 2. What is billed is sent again only where it surely had no effect. */
  maxRetries?: number | undefined;
  /** How many requests wait for their headers at once; the others wait their turn. Default 32. */
  maxRequests?: number | undefined;
  /** Default `console`; silent all the same until `logLevel` says otherwise. */
  logger?: Logger | undefined;
  logLevel?: LogLevel | undefined;
}

const key = v.pipe(
  v.string(),
  without((value) => apiKeyFault(value)),
);

/** What they must be. */
export const developerOptionsSchema: v.StrictObjectSchema<v.ObjectEntries, undefined> = v.strictObject({
  apiKey: v.optional(key),
  edgeUrl: v.optional(serviceUrl),
  fetch: v.optional(callable),
  headers: v.optional(keyedHeaders),
  middleware: v.optional(v.array(callable)),
  timeout: v.optional(timeoutSchema),
  maxRetries: v.optional(count),
  maxRequests: v.optional(positiveCount),
  logger: v.optional(port("debug", "info", "warn", "error")),
  logLevel: v.optional(logLevel),
});

/** What keeps a text from being an API key, without showing anything of it; undefined where nothing does. */
function apiKeyFault(value: string): string | undefined {
  const given = trimmed(value);
  if (given === undefined) return "Expected an API key, not a blank text";
  const accident = pasteAccident(given)?.replace(/\.$/, "");
  if (accident !== undefined) return `Expected the key as it is. ${accident}`;
  if (/^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(given)) {
    return "Expected an API key, not a session's token (a JWT): a key is made in the settings of the web app";
  }
  return /^[\x21-\x7e]+$/.test(given)
    ? undefined
    : "Expected the key as it is. It has a letter in it that no header can carry";
}

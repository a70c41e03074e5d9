import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { excerpt } from "../text/excerpt.ts";
import { kindOf } from "../text/kind-of.ts";
import { nulFault } from "../text/nul-fault.ts";
import { trimmed } from "../text/paste-accident.ts";
import { isMissingKey, isUnknownKey, whatIsWrongWithOption } from "./describe-issue.ts";
import { callable, count, headers, milliseconds, signal } from "./option-values.ts";

export const timeoutSchema: v.StrictObjectSchema<v.ObjectEntries, undefined> = v.strictObject({
  connectMs: v.optional(milliseconds),
  firstEventMs: v.optional(milliseconds),
  idleMs: v.optional(milliseconds),
  totalMs: v.optional(milliseconds),
});

const call = {
  signal: v.optional(signal),
  timeout: v.optional(timeoutSchema),
  headers: v.optional(headers),
  maxRetries: v.optional(count),
  onResponse: v.optional(callable),
};

/** Of every call. */
export const callEntries: v.ObjectEntries = call;

export const eventStreamSchema: v.StrictObjectSchema<v.ObjectEntries, undefined> = v.strictObject({
  signal: call.signal,
  timeout: call.timeout,
});

export const logLevel: v.PicklistSchema<["debug", "info", "warn", "error", "silent"], undefined> = v.picklist([
  "debug",
  "info",
  "warn",
  "error",
  "silent",
]);

/**
 * What every call takes, and what this one takes besides.
 * @param label the call as its user knows it
 * @throws InvalidArgumentError that names the option and what is wrong with it, before any request is made
 */
export function checkCall(label: string, options: unknown, entries: v.ObjectEntries = {}): void {
  checkAgainst(label, v.strictObject({ ...call, ...entries }), options);
}

/** @throws InvalidArgumentError as {@link checkCall}, for a call with a schema of its own */
export function checkAgainst(
  label: string,
  schema: v.StrictObjectSchema<v.ObjectEntries, undefined>,
  options: unknown,
): void {
  // To valibot an array is an object without fields.
  if (Array.isArray(options)) throw new InvalidArgumentError(`${label}: options: Expected an object, not an array.`);
  const result = v.safeParse(schema, options);
  if (result.success) return;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  if (path === null) throw new InvalidArgumentError(`${label}: options: ${whatIsWrongWithOption(issue)}.`);
  const where = excerpt(path);
  if (isUnknownKey(issue)) {
    const known = path.includes(".") ? "" : ` Known options: ${Object.keys(schema.entries).join(", ")}.`;
    throw new InvalidArgumentError(`${label}: there is no option "${where}".${known}`);
  }
  if (isMissingKey(issue)) throw new InvalidArgumentError(`${label}: option "${where}" is missing.`);
  throw new InvalidArgumentError(`${label}: option "${where}": ${whatIsWrongWithOption(issue)}.`);
}

/** @throws InvalidArgumentError */
export function checkLogLevel(label: string, level: unknown): void {
  const result = v.safeParse(logLevel, level);
  if (!result.success) throw new InvalidArgumentError(`${label}: level: ${whatIsWrongWithOption(result.issues[0])}.`);
}

/** @throws InvalidArgumentError */
export function checkPrompt(label: string, prompt: unknown): void {
  checkText(label, "the prompt", prompt);
}

/** @throws InvalidArgumentError that does not show the value, which may be a secret */
export function checkText(label: string, name: string, value: unknown): void {
  if (typeof value !== "string")
    throw new InvalidArgumentError(`${label}: ${name} must be a string, not ${kindOf(value)}.`);
  const fault = nulFault(value);
  if (fault !== undefined) throw new InvalidArgumentError(`${label}: ${name}: ${fault}.`);
  if (trimmed(value) === undefined) throw new InvalidArgumentError(`${label}: ${name} is empty.`);
}

import * as v from "valibot";
import { kindOf } from "../text/kind-of.ts";
import { jsonFault, nulFault } from "../text/nul-fault.ts";

/** What the values of options must be, wherever an option of that kind stands. */

export const text: v.GenericSchema<string> = v.pipe(v.string(), without(nulFault));
export const filledText: v.GenericSchema<string> = textThat((value) => value.trim() !== "");
export const flag: v.GenericSchema<unknown, boolean> = v.boolean();
export const callable: v.GenericSchema<unknown> = valueThat("a function", (value) => typeof value === "function");
export const milliseconds: v.GenericSchema<unknown, number> = numberThat(
  "a number from 0 on",
  (value) => value >= 0 && Number.isFinite(value),
);
export const count: v.GenericSchema<unknown, number> = wholeNumber("from 0 on", 0);
export const positiveCount: v.GenericSchema<unknown, number> = wholeNumber("above 0", 1);
export const positive: v.GenericSchema<unknown, number> = numberThat(
  "a number above 0",
  (value) => value > 0 && Number.isFinite(value),
);
export const anything: v.GenericSchema<unknown> = v.unknown();

export const uuid: v.GenericSchema<unknown, string> = v.custom<string>(
  (value) => typeof value === "string" && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value),
  "Expected a UUID",
);

export const signal: v.GenericSchema<unknown, AbortSignal> = v.custom<AbortSignal>(
  (value) => typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value,
  "Expected an AbortSignal",
);

/** The address of a service, to which paths are added. What it holds beside may be a password, and is not shown. */
export const serviceUrl: v.GenericSchema<unknown, string> = v.pipe(v.string(), without(serviceUrlFault));

function serviceUrlFault(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return "Expected an http or https URL";
  if (url.username !== "" || url.password !== "") return "Expected a URL without a user and password";
  return /[?#]/.test(value) ? "Expected a URL without ? and #: paths are added to it" : undefined;
}

/** An object of the caller's that does what these methods are for, such as a store. */
export function port(...methods: [string, ...string[]]): v.GenericSchema<unknown, object> {
  return v.custom<object>(
    (value) => isObject(value) && methods.every((name) => typeof value[name] === "function"),
    `Expected an object with the ${methods.length === 1 ? "method" : "methods"} ${methods.join(", ")}`,
  );
}

export const jobStore: v.GenericSchema<unknown, object> = port("put", "delete", "list");

export const headers: v.GenericSchema<unknown, Record<string, string>> = headersBut("token (and authScheme)");

/** @param instead what is passed in place of an authorization header */
export function headersBut(instead: string): v.GenericSchema<unknown, Record<string, string>> {
  return v.pipe(
    // Of these a record would find no names, and so drop all that they hold.
    v.custom<Record<string, unknown>>(
      (value) => isObject(value) && !(Symbol.iterator in value),
      "Expected an object of names and values: of Headers it is Object.fromEntries(headers)",
    ),
    v.record(
      v.pipe(
        v.string(),
        v.check((name) => isHeader(name, ""), "Expected the name of a header"),
      ),
      v.pipe(
        v.string(),
        v.check(
          (value) => isHeader("x", value),
          "Expected a value that a header may have: Latin-1, without line breaks",
        ),
      ),
    ),
    v.check(
      (value) => !Object.keys(value).some((name) => name.toLowerCase() === "authorization"),
      `Expected no authorization header: pass ${instead} instead`,
    ),
  );
}

/** A text that is not empty, by some measure. */
export function textThat(isFilled: (value: string) => boolean): v.GenericSchema<string> {
  return v.pipe(text, v.check(isFilled, "Expected a text that is not empty"));
}

/** A list that is not empty. */
export function filledList<T>(item: v.GenericSchema<T>): v.GenericSchema<T[]> {
  return v.pipe(
    v.array(item),
    v.check((all) => all.length > 0, "Expected an array of at least one"),
  );
}

/** @param range in words, for who gave another */
export function wholeNumber(
  range: string,
  least: number,
  most: number = Number.POSITIVE_INFINITY,
): v.GenericSchema<unknown, number> {
  return numberThat(`a whole number ${range}`, (value) => Number.isInteger(value) && value >= least && value <= most);
}

function numberThat(expected: string, holds: (value: number) => boolean): v.GenericSchema<unknown, number> {
  return valueThat(expected, (value) => typeof value === "number" && holds(value));
}

/** @param expected what the message asks for, which does not show what was given */
export function valueThat<T>(expected: string, holds: (value: unknown) => boolean): v.GenericSchema<unknown, T> {
  return v.custom<T>(holds, ({ input }) => `Expected ${expected}, not ${kindOf(input)}`);
}

/** What goes into a body as JSON. */
export const jsonFields: v.GenericSchema<unknown, Record<string, unknown>> = v.pipe(
  // To a record a list is an object too.
  valueThat<Record<string, unknown>>("an object", (value) => isObject(value) && !Array.isArray(value)),
  without(jsonFault),
);

/** That a value has none of the faults that this finds, and otherwise which. */
export function without<T>(
  fault: (value: NoInfer<T>) => string | undefined,
): v.CheckAction<T, (issue: v.CheckIssue<T>) => string> {
  return v.check<T, (issue: v.CheckIssue<T>) => string>(
    (value) => fault(value) === undefined,
    ({ input }) => fault(input) ?? "",
  );
}

function isHeader(name: string, value: string): boolean {
  try {
    new Headers([[name, value]]);
    return true;
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

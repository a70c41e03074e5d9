import * as v from "valibot";
import { callable, jobStore, positive, positiveCount, signal } from "./option-values.ts";
import { checkAgainst } from "./options-check.ts";

/** What an option must be: a function, a `JobStore`, a number above 0, a whole one above 0, or an `AbortSignal`. */
export type OptionKind = "callable" | "jobStore" | "positive" | "positiveCount" | "signal";

const kinds: Record<OptionKind, v.GenericSchema<unknown>> = { callable, jobStore, positive, positiveCount, signal };

/**
 * Checks the options of a call that is built on this package as those of its own calls are: each may be absent, and there
 * are no others.
 * @param label the call, for messages
 * @param expected what each option must be
 * @returns the options
 * @throws InvalidArgumentError that names the option and what is wrong with it
 * @example
 * const options = { retries: 3 };
 * const { retries = 1 } = checkedOptions("describeAll", { retries: "positiveCount" }, options);
 */
export function checkedOptions<Options extends object>(
  label: string,
  expected: { readonly [Name in keyof Options]-?: OptionKind },
  options: Options,
): Options {
  const entries = Object.entries<OptionKind>(expected).map(([name, kind]) => [name, v.optional(kinds[kind])] as const);
  checkAgainst(label, v.strictObject(Object.fromEntries(entries)), options);
  return options;
}

import * as v from "valibot";
import { headersBut } from "../options/option-values.ts";
import { checkCall } from "../options/options-check.ts";

/** Headers of a client, or a call, of the developer API. */
export const keyedHeaders: v.GenericSchema<unknown, Record<string, string>> = headersBut("apiKey");

const optionalHeaders = v.optional(keyedHeaders);

/** @throws InvalidArgumentError as `checkCall`, in the words of a client with an API key */
export function checkDeveloperCall(label: string, options: unknown, entries: v.ObjectEntries = {}): void {
  checkCall(label, options, { headers: optionalHeaders, ...entries });
}

import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { count, uuid, wholeNumber } from "../options/option-values.ts";
import { checkAgainst } from "../options/options-check.ts";

/** PostgREST gives out this many rows at most, and says nothing when there are more. */
const MOST_ROWS = 1_000;

export const optionalUuid: v.GenericSchema<unknown> = v.optional(uuid);

/** `limit` and `offset` of a list. */
export const pageEntries: v.ObjectEntries = {
  limit: v.optional(wholeNumber(`from 1 to ${MOST_ROWS}`, 1, MOST_ROWS)),
  offset: v.optional(count),
};

/** @throws InvalidArgumentError that does not repeat the value */
export function checkUuid(label: string, name: string, value: unknown): void {
  if (!v.is(uuid, value)) throw new InvalidArgumentError(`${label}: ${name} must be a UUID.`);
}

/** @throws InvalidArgumentError */
export function checkObject(label: string, entries: v.ObjectEntries, value: unknown): void {
  checkAgainst(label, v.strictObject(entries), value);
}

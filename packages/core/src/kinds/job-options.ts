import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { noteEntries } from "../jobs/job-note.ts";
import { describeIssue, whatIsWrongWithOption } from "../options/describe-issue.ts";
import { callable, filledText, jsonFields, text, uuid, without } from "../options/option-values.ts";
import { callEntries } from "../options/options-check.ts";
import { jsonFault } from "../text/nul-fault.ts";
import { isRecord } from "../wire/parse.ts";

/** What the options of a kind of job must be. */
export type OptionsSchema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/** Of every job. */
export const jobEntries: v.ObjectEntries = {
  ...callEntries,
  model: v.optional(filledText),
  extraBody: v.optional(jsonFields),
  onSubmit: v.optional(callable),
  onProgress: v.optional(callable),
  ...noteEntries,
};

/** Where a job goes on the canvas: a conversation session decides that by itself. */
export const placeEntries: v.ObjectEntries = { convId: v.optional(uuid), parentId: v.optional(uuid) };

// Of what is neither, it says that both would do.
const textPart = v.strictObject({ type: v.picklist(["text", "image_url"]), text });
const imagePart = v.strictObject({
  type: v.picklist(["image_url"]),
  image_url: v.pipe(v.looseObject({ url: text }), without(jsonFault)),
});
const part = v.lazy((value) => (isRecord(value) && value.type === "image_url" ? imagePart : textPart));
const parts = v.array(part);
const textOrParts = v.union([text, parts]);
// Of a list, what is wrong in it; a union says of it that it is none.
const content = v.lazy((value) => (Array.isArray(value) ? parts : textOrParts));
const messages = v.array(v.strictObject({ role: v.picklist(["user", "assistant", "system"]), content }));

/** Earlier turns, which a conversation session knows by itself. */
export const historyEntries: v.ObjectEntries = { messages: v.optional(messages) };

/** @throws InvalidArgumentError that says which message is wrong */
export function checkMessages(label: string, value: unknown): void {
  const result = v.safeParse(messages, value);
  if (!result.success)
    throw new InvalidArgumentError(`${label}: messages: ${describeIssue(result.issues[0], whatIsWrongWithOption)}.`);
}

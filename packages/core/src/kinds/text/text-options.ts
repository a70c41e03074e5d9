import * as v from "valibot";
import { InvalidArgumentError } from "../../errors/invalid-argument-error.ts";
import { anything, filledText, flag } from "../../options/option-values.ts";
import type { JobOptions } from "../../options/options.ts";
import { checkAgainst, checkPrompt } from "../../options/options-check.ts";
import { historyEntries, jobEntries, type OptionsSchema, placeEntries } from "../job-options.ts";
import type { Message } from "../messages.ts";
import { checkPictures, type ImageSource } from "../prompt-pictures.ts";

/** Limits: 10 s to connect, 60 s to the first event, 120 s of silence, 600 s in all. */
export interface GenerateOptions extends JobOptions<"text"> {
  /** A string that begins with http: or https: is a URL, else a path. */
  images?: ImageSource[] | undefined;
  /** Earlier turns; the prompt is appended. */
  messages?: Message[] | undefined;
  system?: string | undefined;
  /** Default `fold`: the system text is put before the first user message, which works with every model. */
  systemMode?: "fold" | "message" | undefined;
  /** Default `split`: `<think>` parts go to `reasoning`. With `raw` they stay in the text. */
  reasoning?: "split" | "raw" | undefined;
  /**
   * Default false. One request whose body is the text: the least latency, but nothing is kept on the canvas, and there
   * is no handle to find the text again by. Excludes `convId`, `parentId`, `onSubmit`, `label` and `metadata`.
   */
  direct?: boolean | undefined;
}

const turnEntries = {
  ...jobEntries,
  images: v.optional(v.array(anything)),
  systemMode: v.optional(v.picklist(["fold", "message"])),
  reasoning: v.optional(v.picklist(["split", "raw"])),
};
/** What a text of a conversation session may set. */
export const textTurnSchema: OptionsSchema = v.strictObject(turnEntries);
const schema: OptionsSchema = v.strictObject({
  ...turnEntries,
  ...placeEntries,
  ...historyEntries,
  system: v.optional(filledText),
  direct: v.optional(flag),
});

export const TEXT_OPTION_NAMES: readonly string[] = Object.keys(schema.entries);

/** @throws InvalidArgumentError */
export function checkTextOptions(verb: string, prompt: unknown, options: GenerateOptions, needsHandle: boolean): void {
  checkPrompt(verb, prompt);
  checkAgainst(verb, schema, options);
  checkPictures(verb, options);
  const excluded = (["convId", "parentId", "onSubmit", "label", "metadata"] as const).find(
    (name) => options[name] !== undefined,
  );
  if (options.direct === true && excluded !== undefined) {
    throw new InvalidArgumentError(
      `${verb}: direct excludes ${excluded}: a direct completion has no rows and no handle.`,
    );
  }
  if (options.direct === true && needsHandle)
    throw new InvalidArgumentError(`${verb}: a direct completion has no job. Use generate.`);
}

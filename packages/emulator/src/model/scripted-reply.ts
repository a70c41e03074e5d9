import * as v from "valibot";
import { waitSchema } from "../settings.ts";

const failureReasons = ["content_policy", "provider_error", "no_credits", "rate_limit", "timeout", "unknown"] as const;
/** Why a job fails. */
export type FailureReason = (typeof failureReasons)[number];

/** How a job fails: by an event, by its row, or by both; after so many events of its answer. */
export interface Failure {
  reason: FailureReason;
  message?: string | undefined;
  /** Default `both`. */
  by?: "event" | "row" | "both" | undefined;
  /** How the row tells: `data.status` and `data.error`, or a JSON string with an `error` in `data.value`. Default `status`. */
  row?: "status" | "value" | undefined;
  afterEvents?: number | undefined;
}

/** An answer in place of the model's own. */
export interface ScriptedAnswer {
  reply?: string | undefined;
  reasoning?: string | undefined;
  /** How reasoning is told: in `<think>` tags within the text (default), or only as `reasoning` of the last event. */
  reasoningAs?: "tags" | "summary" | undefined;
  /** The exact fragments: an inner list is one event. Their text is the reply, tags included. */
  fragments?: (string | string[])[] | undefined;
  /** Before the first event; default is the emulator's `firstEventMs`. */
  firstEventMs?: number | undefined;
  /** Between two events; default is the emulator's `fragmentMs`. */
  delayMs?: number | undefined;
  fail?: Failure | undefined;
  /** Of the developer API's chat: the tools that the model asks for, in place of a text. */
  toolCalls?: { name: string; arguments: Record<string, unknown> | string }[] | undefined;
  /** Of the developer API's chat: the field that reasoning stands in. Default `reasoning_content`. */
  reasoningField?: "reasoning_content" | "reasoning" | "thinking" | "blocks" | undefined;
  /** Of a knowledge search: whether each `final` is a delta (default), the whole text so far, or one whole text at the end. */
  finalAs?: "deltas" | "wholes" | "one" | undefined;
  /** Of the developer API: how a stream ends. Default `[DONE]` as a line; of a knowledge search also as a `final`. */
  endAs?: "line" | "final" | "none" | undefined;
  /** Of the developer API: success, and nothing in it. */
  isEmpty?: boolean | undefined;
}

/** What to answer to prompts that match, instead of what the model would say. */
export interface ScriptedReply extends ScriptedAnswer {
  /**
   * Part of the last message (letter case does not matter), or a regular expression as `/…/flags`. In the developer API's chat
   * that may be what a tool answered; a reply with `toolCalls` is then none, which would ask for the same again and again.
   */
  match: string;
  /**
   * Answers one after the other: the first to a prompt that matches, the others to whatever follows it in the same
   * conversation, such as the answers of tools. Which one it is, is counted by the messages that a request brings, so that a
   * repeated request gets the same. What stands beside them holds for each that does not say otherwise.
   */
  steps?: ScriptedAnswer[] | undefined;
  /** How many answers it gives, each of its steps being one; without it any number. */
  count?: number | undefined;
  /** Id or email of the only user it counts for. */
  user?: string | undefined;
}

const failure: v.GenericSchema<unknown, Failure> = v.strictObject({
  reason: v.picklist(failureReasons),
  message: v.optional(v.string()),
  by: v.optional(v.picklist(["event", "row", "both"])),
  row: v.optional(v.picklist(["status", "value"])),
  afterEvents: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});

const answerEntries = {
  reply: v.optional(v.string()),
  reasoning: v.optional(v.string()),
  reasoningAs: v.optional(v.picklist(["tags", "summary"])),
  fragments: v.optional(v.array(v.union([v.string(), v.array(v.string())]))),
  firstEventMs: v.optional(waitSchema),
  delayMs: v.optional(waitSchema),
  fail: v.optional(failure),
  toolCalls: v.optional(
    v.array(v.strictObject({ name: v.string(), arguments: v.union([v.string(), v.record(v.string(), v.unknown())]) })),
  ),
  reasoningField: v.optional(v.picklist(["reasoning_content", "reasoning", "thinking", "blocks"])),
  finalAs: v.optional(v.picklist(["deltas", "wholes", "one"])),
  endAs: v.optional(v.picklist(["line", "final", "none"])),
  isEmpty: v.optional(v.boolean()),
};

/** `/…/flags`, if it is one. */
export function expressionOf(pattern: string): RegExp | undefined {
  const [, source, flags] = pattern.match(/^\/(.+)\/([a-z]*)$/s) ?? [];
  return source === undefined ? undefined : new RegExp(source, flags);
}

function isPattern(pattern: string): boolean {
  try {
    expressionOf(pattern);
    return true;
  } catch {
    return false;
  }
}

export const scriptSchema: v.GenericSchema<unknown, ScriptedReply> = v.strictObject({
  ...answerEntries,
  match: v.pipe(v.string(), v.check(isPattern, "Not a regular expression")),
  steps: v.optional(v.pipe(v.array(v.strictObject(answerEntries)), v.minLength(1))),
  count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  user: v.optional(v.string()),
});

import * as v from "valibot";
import { checked } from "../option-error.ts";
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

/** What to answer to prompts that match, instead of what the model would say. */
export interface ScriptedReply {
  /** Part of the prompt (letter case does not matter), or a regular expression as `/…/flags`. */
  match: string;
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
  /** For how many prompts it counts; without it for all. */
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

/** `/…/flags`, if it is one. */
function expressionOf(pattern: string): RegExp | undefined {
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
  match: v.pipe(v.string(), v.check(isPattern, "Not a regular expression")),
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
  count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  user: v.optional(v.string()),
});

function matches(pattern: string, prompt: string): boolean {
  const expression = expressionOf(pattern);
  return expression === undefined ? prompt.toLowerCase().includes(pattern.toLowerCase()) : expression.test(prompt);
}

export interface Script {
  /** @throws EmulatorOptionError */
  add(reply: ScriptedReply): void;
  clear(): void;
  /** The newest reply for that prompt; counts as one use. */
  take(prompt: string, isUser: (user: string) => boolean): ScriptedReply | undefined;
}

export function createScript(): Script {
  const entries: { reply: ScriptedReply; left: number }[] = [];
  return {
    add: (reply) => {
      checked("model.add", scriptSchema, reply);
      entries.unshift({ reply, left: reply.count ?? Number.POSITIVE_INFINITY });
    },
    clear: () => {
      entries.length = 0;
    },
    take(prompt, isUser) {
      const found = entries.find(
        ({ reply, left }) =>
          left > 0 && (reply.user === undefined || isUser(reply.user)) && matches(reply.match, prompt),
      );
      if (found === undefined) return undefined;
      found.left -= 1;
      return found.reply;
    },
  };
}

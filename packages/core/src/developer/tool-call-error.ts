import { hide, show } from "../errors/error-fields.ts";
import { JobFailedError } from "../errors/job-failed-error.ts";
import { named } from "../errors/named.ts";
import { detail } from "../text/detail.ts";
import type { ChatOutput } from "./chat-answer.ts";
import { type CutCause, cutCause } from "./finish-reason.ts";

/** What is wrong with a call: its name or arguments are not whole, are no object, or it is of a tool that was not offered. */
export type ToolCallFault = "tool_call_cut" | "tool_call_invalid" | "unknown_tool";

/** A call that cannot be given out as one of the tools that were offered. */
export interface FailedToolCall {
  /** Goes into the message that answers it, as `tool_call_id`. */
  id: string;
  /** As the model wrote it; empty where it never came. */
  name: string;
  /** As they came: parsed they may be anything, and where they were cut they are no JSON. */
  argumentsText: string;
  /** What is wrong with this one. */
  fault: ToolCallFault;
}

/**
 * The model asks for a tool in a way that no program can follow. `reason` is the worst fault: with `unknown_tool` all calls
 * are whole, and can be answered in the next request. Its name and code are those of a `JobFailedError`.
 */
export class ToolCallError extends JobFailedError {
  /** The worst fault of all calls. */
  declare readonly reason: ToolCallFault;
  /** One at least, of the first choice that has any. Not printed with the error. */
  declare readonly failedCalls: readonly FailedToolCall[];
  /**
   * The answer without the failed calls, the whole ones in `toolCalls`. Its `message` has the failed ones as well, but those
   * that were cut: a service takes no arguments that are no JSON. Not printed with the error.
   */
  declare readonly output: ChatOutput;

  /** @param finishReason of the answer that has the calls */
  constructor(
    label: string,
    failedCalls: readonly FailedToolCall[],
    finishReason: string | undefined,
    output: ChatOutput,
  ) {
    const { fault, name } = worstOf(failedCalls);
    const cause = fault === "unknown_tool" ? undefined : cutCause(finishReason);
    const advice = fault === "unknown_tool" ? ANSWER_IT : cause === undefined ? "Ask again." : ADVICE[cause];
    super(`${label}: the call of the tool "${detail(name)}" ${WORDS[fault]} (${fault}). ${advice}`, { reason: fault });
    // `FlowithError.from` knows the class that every entry has. The same call would end at the same place.
    show(this, { name: "JobFailedError", isRetryable: cause === undefined });
    hide(this, { failedCalls, output });
  }
}

named(ToolCallError, "ToolCallError");

const WORDS: Record<ToolCallFault, string> = {
  tool_call_cut: "was cut short: its name or its arguments are not whole",
  tool_call_invalid: "has arguments that are no object",
  unknown_tool: "is of no tool that was offered",
};

const ADVICE: Record<CutCause, string> = {
  length: "All tokens were spent. Raise maxTokens, or leave it out.",
  filter: "A content filter took the rest. Change the messages.",
};

const ANSWER_IT = "Answer it in the next request: error.output.message, then a message of the tool with the call's id.";

/** A call that is cut cannot be answered, whatever the others are. */
function worstOf(calls: readonly FailedToolCall[]): Pick<FailedToolCall, "name" | "fault"> {
  const found = FAULTS.map((fault) => calls.find((call) => call.fault === fault)).find((call) => call !== undefined);
  return found ?? { name: "", fault: "tool_call_cut" };
}

/** The worst first. */
const FAULTS: readonly ToolCallFault[] = ["tool_call_cut", "tool_call_invalid", "unknown_tool"];

import type { JobDescription } from "../../jobs/job-description.ts";
import type { Limits } from "../../options/limits.ts";
import type { MessageSource } from "../messages.ts";
import { ChatMode } from "./chat-mode.ts";
import { TextReader, type TextResult } from "./text-reader.ts";

export const DEFAULT_TEXT_MODEL: string = "gpt-4.1-nano";

export interface TextJobInput {
  prompt: string;
  model: string;
  source: MessageSource;
  isSplit: boolean;
  limits: Limits;
}

/** A text job also serves for a direct completion, which has the same messages and reader but no rows. */
export type TextJob = JobDescription<TextResult> & { reader: TextReader; source: MessageSource };

/** One text job (wire 2.1). */
export function textJob(input: TextJobInput): TextJob {
  const { model, source } = input;
  return {
    kind: "text",
    what: "generate",
    model,
    prompt: input.prompt,
    prepare: source.prepare,
    source,
    reader: new TextReader(input.isSplit),
    answerData: { mode: "General", isImage: false },
    path: "/completion/async",
    query: { mode: ChatMode.General },
    body: ({ nodeId, convId }) => ({ model, messages: source.messages(), nodeId, convId, stream: true }),
    isPostedAgain: true,
    limits: input.limits,
  };
}

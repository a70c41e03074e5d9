import type { Limits } from "../limits.ts";
import type { JobDescription } from "./job-description.ts";
import type { Message } from "./messages.ts";
import { TextReader, type TextResult } from "./text-reader.ts";

export const DEFAULT_TEXT_MODEL: string = "gpt-4.1-nano";

export interface TextJobInput {
  prompt: string;
  model: string;
  /** The whole history, prompt included; asked for after `prepare`. */
  messages(): readonly Message[];
  prepare?: ((signal: AbortSignal) => Promise<void>) | undefined;
  isSplit: boolean;
  limits: Limits;
}

/** One text job (wire 2.1). */
export function textJob(input: TextJobInput): JobDescription<TextResult> & { reader: TextReader } {
  const { model, messages } = input;
  return {
    kind: "text",
    what: "generate",
    model,
    prompt: input.prompt,
    prepare: input.prepare,
    reader: new TextReader(input.isSplit),
    answerData: { mode: "General", isImage: false },
    path: "/completion/async",
    query: { mode: "general" },
    body: ({ nodeId, convId }) => ({ model, messages: messages(), nodeId, convId, stream: true }),
    limits: input.limits,
    quietMs: 5_000,
    maxQuietMs: 5_000,
    isMedia: false,
  };
}

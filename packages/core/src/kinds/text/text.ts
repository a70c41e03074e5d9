import type { JobDescription } from "../../jobs/job-description.ts";
import { limitsFrom } from "../../options/limits.ts";
import type { JobRequest, Kind, KindTools } from "../kind.ts";
import { type MessageSource, messageSource } from "../messages.ts";
import { ChatMode } from "./chat-mode.ts";
import { checkTextOptions, type GenerateOptions, TEXT_OPTION_NAMES } from "./text-options.ts";
import { type GenerationOutput, textOutput } from "./text-output.ts";
import { TextReader, type TextResult } from "./text-reader.ts";

export const DEFAULT_TEXT_MODEL: string = "gpt-4.1-nano";

/** A text job also serves for a direct completion, which has the same messages and reader but no rows. */
export interface TextJob extends JobDescription<TextResult> {
  reader: TextReader;
  source: MessageSource;
}

export interface TextKind extends Kind<"text", GenerateOptions, TextResult, GenerationOutput> {
  describe(request: JobRequest<GenerateOptions>): TextJob;
}

/** Texts (wire 2.1). */
export function textKind(tools: KindTools): TextKind {
  const kind: TextKind = {
    name: "text",
    limits: { connectMs: 10_000, firstEventMs: 60_000, idleMs: 120_000, totalMs: 600_000 },
    patience: { quietMs: tools.quietMs.text ?? 5_000, steadyUntilMs: 15_000, maxQuietMs: 15_000 },
    isMedia: false,
    isNodeMadeByService: false,
    optionNames: TEXT_OPTION_NAMES,
    isPostedAgain: true,
    path: "/completion/async",
    query: { mode: ChatMode.General },
    createReader: () => new TextReader(true),
    check: checkTextOptions,
    describe(request) {
      const { verb, prompt, options } = request;
      const { model = DEFAULT_TEXT_MODEL } = options;
      const source = messageSource(tools, request);
      return {
        rules: kind,
        verb,
        model,
        prompt,
        reader: new TextReader(options.reasoning !== "raw"),
        limits: limitsFrom(kind.limits, tools.timeout, options.timeout),
        answerData: { mode: "General", isImage: false },
        prepare: source.prepare,
        source,
        body: ({ nodeId, convId }) => ({ model, messages: source.messages(), nodeId, convId, stream: true }),
      };
    },
    output: textOutput,
  };
  return kind;
}

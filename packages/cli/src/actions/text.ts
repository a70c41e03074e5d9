import type { GenerationStream } from "flowith-webapi";
import type { Context } from "../context/context.ts";
import { conversationFlag } from "../conversations/find-conversation.ts";
import { jobLabel } from "../input/job-label.ts";
import { placedSource } from "../input/placed-source.ts";
import { readPrompt } from "../input/read-prompt.ts";
import type { Output } from "../output/output.ts";
import { printable } from "../output/printable.ts";
import { ProgressLine } from "../output/progress-line.ts";
import { keepingJobs } from "./media/kept-jobs.ts";

export interface TextFlags {
  model?: string;
  system?: string;
  image?: string[];
  conversation?: string;
  direct?: boolean;
  reasoning?: boolean;
  stdin: boolean;
}

/** `{ text, reasoning, model, convId, nodeId }` */
export async function text(context: Context, words: string[], flags: TextFlags): Promise<void> {
  const { output, shell, signal } = context;
  const prompt = await readPrompt(shell, words, (line) => output.note(line), flags.stdin);
  const { model, conversation } = flags;
  const about = conversation === undefined ? prompt : undefined;
  await keepingJobs(context, { about, model }, async (client, onSubmit) => {
    const convId = await conversationFlag(client, conversation, signal);
    // a direct answer is no job, and has no place on the canvas
    const job = flags.direct ? { convId } : { convId, label: jobLabel(prompt), onSubmit };
    const stream = client.generateStream(prompt, {
      signal,
      model,
      system: flags.system,
      images: flags.image?.map((source) => placedSource(shell.cwd, source)),
      direct: flags.direct,
      ...job,
    });
    if (output.isJson) {
      const { text, reasoning, model, convId, nodeId } = await stream.output;
      await output.result({ text, reasoning, model, convId, nodeId }, () => "");
    } else await write(output, stream, flags);
  });
}

/** The answer as it comes. */
async function write(output: Output, stream: GenerationStream, flags: TextFlags): Promise<void> {
  const forTerminal = output.isTerminal ? printable : (part: string) => part;
  using line = new ProgressLine(output, "Waiting for the answer");
  let last = "";
  for await (const chunk of stream) {
    line[Symbol.dispose]();
    if (flags.reasoning && chunk.reasoningDelta !== "")
      output.draw(output.paintNote("dim", printable(chunk.reasoningDelta)));
    if (chunk.textDelta !== "") await output.write(forTerminal(chunk.textDelta));
    if (chunk.isRevised) {
      output.warn("The service has changed its answer at the end. The whole of it:");
      await output.write(`\n${forTerminal(chunk.text)}`);
    }
    last = chunk.text;
  }
  if (!last.endsWith("\n")) await output.write("\n");
}

import type { GenerationStream } from "flowith-webapi";
import type { Context } from "../../context/context.ts";
import { conversationFlag } from "../../conversations/find-conversation.ts";
import { jobLabel } from "../../input/job-label.ts";
import { placedSource } from "../../input/placed-source.ts";
import { readPrompt } from "../../input/read-prompt.ts";
import { MarkdownStream } from "../../markdown/markdown-stream.ts";
import { keepingJobs } from "../media/kept-jobs.ts";
import type { ChatFlags } from "./chat-flags.ts";
import { markdownOptions } from "./markdown-options.ts";

/** One message and its answer, with the conversation's history: what is piped in is read whole, and no command counts. */
export async function pipedChat(context: Context, words: string[], flags: ChatFlags): Promise<void> {
  const { output, shell, signal } = context;
  const prompt = await readPrompt(shell, words, (line) => output.note(line));
  const { system, model, conversation, maxTurns, image } = flags;
  const about = conversation === undefined ? prompt : undefined;
  await keepingJobs(context, { about, model }, async (client, onSubmit) => {
    const session = client.startConversation({
      system,
      model,
      convId: await conversationFlag(client, conversation, signal),
      ...(maxTurns === undefined ? {} : { maxTurns }),
    });
    const stream = session.sendStream(prompt, {
      signal,
      onSubmit,
      label: jobLabel(prompt),
      ...(image === undefined ? {} : { images: image.map((path) => placedSource(shell.cwd, path)) }),
    });
    await write(context, stream, flags);
  });
}

async function write(context: Context, stream: GenerationStream, flags: ChatFlags): Promise<void> {
  const { output } = context;
  const options = markdownOptions(context);
  const markdown = options === undefined ? undefined : new MarkdownStream(options);
  const shown = (delta: string): string => markdown?.push(delta) ?? delta;
  let last = "";
  for await (const { reasoningDelta, textDelta, text, isRevised } of stream) {
    last = text;
    if (output.isJson) {
      if (reasoningDelta !== "" && flags.reasoning) await event({ type: "reasoning", delta: reasoningDelta });
      if (textDelta !== "") await event({ type: "text", delta: textDelta });
      if (isRevised) await event({ type: "revised", text });
      continue;
    }
    if (textDelta !== "") await output.write(shown(textDelta));
    if (isRevised) {
      output.warn("The service has changed its answer at the end. The whole of it:");
      await output.write(`\n${shown(`\n${text}`)}`);
    }
  }
  const { text, reasoning, model: used, convId, nodeId } = await stream.output;
  if (output.isJson) {
    await event({ type: "done", text, reasoning, model: used, convId, nodeId });
    return;
  }
  await output.write(markdown?.end() ?? (last.endsWith("\n") ? "" : "\n"));
  output.note(`To go on: flowith chat --conversation ${convId}`);

  function event(value: unknown): Promise<void> {
    return output.result(value, () => "");
  }
}

import type { GenerationStream, ImageSource } from "flowith-webapi";
import { jobLabel } from "../../input/job-label.ts";
import { DIM } from "../../markdown/cell.ts";
import { MarkdownStream } from "../../markdown/markdown-stream.ts";
import { PrintableStream } from "../../output/printable-stream.ts";
import { ProgressLine } from "../../output/progress-line.ts";
import type { Chat } from "./chat.ts";
import { interruptible, Stopped } from "./interruptible.ts";
import { markdownOptions } from "./markdown-options.ts";
import { ReasoningView } from "./reasoning-view.ts";
import { tellError } from "./tell-error.ts";

/** One text turn. What fails is told; the chat goes on. @throws the reason of the shell's signal */
export async function answer(chat: Chat, prompt: string, pictures: readonly ImageSource[]): Promise<void> {
  const { context, session, reader } = chat;
  const { output, shell } = context;
  chat.last = { kind: "text", prompt, pictures };
  chat.hasFailed = true;
  chat.reasoning = "";
  let promptId: string | undefined;
  try {
    await interruptible(shell, reader.input, async (signal) => {
      const stream = session.sendStream(prompt, {
        signal,
        model: chat.model,
        label: jobLabel(prompt),
        ...(pictures.length === 0 ? {} : { images: [...pictures] }),
        onSubmit: ({ userNodeId }) => {
          promptId = userNodeId;
        },
      });
      await show(chat, stream);
      const { text, nodeId, model, reasoning } = await stream.output;
      chat.reasoning = reasoning;
      chat.hasFailed = false;
      chat.turns.push({ kind: "text", prompt, promptId, answerId: nodeId, answer: text, model });
    });
  } catch (error) {
    shell.signal.throwIfAborted();
    if (error instanceof Stopped) {
      await chat.say(
        "stopped; the next message does not know of it. The service goes on with it, in a branch of its own. /retry asks again.",
        DIM,
      );
    } else await tellError(chat.context, error);
  }
  await output.write("\n");
}

/** Writes an answer as it comes; however it ends, the cursor stands at the beginning of a row. */
async function show(chat: Chat, stream: GenerationStream): Promise<void> {
  const { output } = chat.context;
  const options = markdownOptions(chat.context);
  const view = options === undefined || !chat.flags.reasoning ? undefined : new ReasoningView(options);
  const markdown = (): Writer => (options === undefined ? new PlainWriter() : new MarkdownStream(options));
  let writer = markdown();
  let isBegun = false;
  const line = new ProgressLine(output, "Waiting for the answer");
  try {
    for await (const { reasoningDelta, textDelta, text, isRevised } of stream) {
      line[Symbol.dispose]();
      if (reasoningDelta !== "") {
        chat.reasoning += reasoningDelta;
        if (view !== undefined && !isBegun) await output.write(view.push(reasoningDelta));
      }
      // blank lines between the thoughts and the answer
      const delta = isBegun ? textDelta : textDelta.trimStart();
      if (delta !== "") {
        if (!isBegun && view !== undefined) await output.write(view.fold());
        isBegun = true;
        await output.write(writer.push(delta));
      }
      if (isRevised) {
        await output.write(writer.end());
        await chat.say("The service has changed its answer at the end. The whole of it:", DIM);
        writer = markdown();
        await output.write(writer.push(text));
      }
    }
  } finally {
    line[Symbol.dispose]();
    if (!chat.context.signal.aborted) await output.write((view?.fold() ?? "") + writer.end());
  }
}

interface Writer {
  push(delta: string): string;
  end(): string;
}

/** For terminals that cannot move their cursor. */
class PlainWriter implements Writer {
  readonly #printable = new PrintableStream();
  #isInLine = false;

  push(delta: string): string {
    const text = this.#printable.push(delta);
    if (text !== "") this.#isInLine = !text.endsWith("\n");
    return text;
  }

  end(): string {
    const text = this.push(this.#printable.end());
    return this.#isInLine ? `${text}\n` : text;
  }
}

import { resolve } from "node:path";
import type { GeneratedMedia, ImageSource } from "flowith-webapi";
import { jobLabel } from "../../input/job-label.ts";
import { DIM } from "../../markdown/cell.ts";
import { oneLine } from "../../output/printable.ts";
import { ProgressLine } from "../../output/progress-line.ts";
import type { Chat } from "./chat.ts";
import { interruptible, Stopped } from "./interruptible.ts";
import { tellError } from "./tell-error.ts";

type MediaKind = "image" | "video";

const words = { image: "picture", video: "clip" } as const;

/** A picture or clip as a turn of the conversation, saved to a file. What fails is told; the chat goes on. */
export async function makeMedia(
  chat: Chat,
  kind: MediaKind,
  prompt: string,
  pictures: readonly ImageSource[],
): Promise<void> {
  const { output, shell } = chat.context;
  chat.last = { kind, prompt, pictures };
  chat.hasFailed = true;
  let jobId: string | undefined;
  try {
    await interruptible(shell, chat.reader.input, async (signal) => {
      const media = await generate(chat, kind, prompt, pictures, signal, (id) => {
        jobId = id;
      });
      await save(chat, kind, media, signal);
    });
  } catch (error) {
    shell.signal.throwIfAborted();
    if (!(error instanceof Stopped)) await tellError(chat.context, error);
    else if (jobId === undefined) await chat.say("stopped before anything was sent.", DIM);
    else {
      await chat.say(`Stopped waiting; the ${words[kind]} is still being made. To take it up:`, DIM);
      await chat.print(output.paint("dim", `flowith jobs wait ${jobId}`));
    }
  }
  await output.write("\n");
}

async function generate(
  chat: Chat,
  kind: MediaKind,
  prompt: string,
  pictures: readonly ImageSource[],
  signal: AbortSignal,
  onJob: (id: string) => void,
): Promise<readonly GeneratedMedia[]> {
  using line = new ProgressLine(chat.context.output, `Making the ${words[kind]}`);
  let promptId: string | undefined;
  const options = {
    signal,
    label: jobLabel(prompt),
    onProgress: ({ phase }: { phase: string }) => {
      line.text = `Making the ${words[kind]}: ${phase}`;
    },
    onSubmit: ({ userNodeId }: { userNodeId: string }) => {
      promptId = userNodeId;
      onJob(userNodeId);
    },
  };
  const [first, last] = pictures;
  const made =
    kind === "image"
      ? await chat.session.generateImage(prompt, {
          ...options,
          ...(first === undefined ? {} : { images: [...pictures] }),
        })
      : await chat.session.generateVideo(prompt, {
          ...options,
          ...(first === undefined ? {} : { image: first }),
          ...(last === undefined ? {} : { lastImage: last }),
        });
  const media = "images" in made ? made.images : [made.video];
  const answer = media.map(({ url }) => url).join("\n");
  chat.hasFailed = false;
  chat.turns.push({ kind, prompt, promptId, answerId: made.nodeId, answer, model: made.model });
  return media;
}

/** The address is told where a file cannot be saved, so that nothing paid is lost. */
async function save(chat: Chat, kind: MediaKind, media: readonly GeneratedMedia[], signal: AbortSignal): Promise<void> {
  const { output, shell } = chat.context;
  const folder = resolve(shell.cwd, chat.flags.output);
  for (const file of media) {
    using line = new ProgressLine(output, `Saving the ${words[kind]}`);
    try {
      const { location } = await file.save(folder, { signal });
      line.clear();
      await chat.print(oneLine(location));
    } catch (error) {
      line.clear();
      await chat.say(`The ${words[kind]} is made, and is not saved:`);
      await chat.print(oneLine(file.url));
      throw error;
    }
  }
}

import type { ImageOptions } from "flowith-webapi";
import type { Context } from "../context/context.ts";
import { placedSource } from "../input/placed-source.ts";
import { readPrompt } from "../input/read-prompt.ts";
import { type MediaFlags, runMediaJob } from "./media/media-job.ts";

export interface ImageFlags extends MediaFlags {
  model?: string;
  aspectRatio?: string;
  size?: string;
  image?: string[];
}

/** `{ path, url, model, convId, nodeId, sizeBytes, mimeType }`; with `--detach` `{ id, kind, model, convId, nodeId }`. */
export async function image(context: Context, words: string[], flags: ImageFlags): Promise<void> {
  const { shell, output } = context;
  const prompt = await readPrompt(shell, words, (line) => output.note(line), flags.stdin);
  const own: ImageOptions = {
    model: flags.model,
    aspectRatio: flags.aspectRatio,
    imageSize: flags.size,
    images: flags.image?.map((source) => placedSource(shell.cwd, source)),
  };
  await runMediaJob<"image">(context, flags, {
    what: "the picture",
    prompt,
    model: flags.model,
    start: (client, options) => client.generateImage(prompt, { ...own, ...options }),
    submit: (client, options) => client.submitImage(prompt, { ...own, ...options }),
  });
}

import type { VideoOptions } from "flowith-webapi";
import { usageError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { placedSource } from "../input/placed-source.ts";
import { readPrompt } from "../input/read-prompt.ts";
import { type MediaFlags, runMediaJob } from "./media/media-job.ts";

export interface VideoFlags extends MediaFlags {
  model?: string;
  aspectRatio?: string;
  resolution?: string;
  duration?: number;
  audio: boolean;
  image?: string[];
}

/** `{ path, url, model, convId, nodeId, sizeBytes, mimeType }`; with `--detach` `{ id, kind, model, convId, nodeId }`. */
export async function video(context: Context, words: string[], flags: VideoFlags): Promise<void> {
  const { shell, output } = context;
  const [first, last, ...others] = (flags.image ?? []).map((source) => placedSource(shell.cwd, source));
  if (others.length > 0) throw usageError("A clip has a first and a last frame, so --image goes twice at most.");
  const prompt = await readPrompt(shell, words, (line) => output.note(line), flags.stdin);
  const own: VideoOptions = {
    model: flags.model,
    aspectRatio: flags.aspectRatio,
    resolution: flags.resolution,
    durationSeconds: flags.duration,
    audio: flags.audio ? undefined : false,
    image: first,
    lastImage: last,
  };
  await runMediaJob<"video">(context, flags, {
    what: "the clip",
    prompt,
    model: flags.model,
    start: (client, options) => client.generateVideo(prompt, { ...own, ...options }),
    submit: (client, options) => client.submitVideo(prompt, { ...own, ...options }),
  });
}

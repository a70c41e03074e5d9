import { catalogued, pictureSize, type StoredFiles, VIDEO_LINES, videoResolution } from "@flowith-webapi/chat-bridge";
import {
  type FlowithClient,
  type GeneratedMedia,
  InvalidArgumentError,
  type Job,
  type JobHandle,
  VideoModel,
} from "flowith-webapi";
import { GatewayError } from "../errors.ts";
import type { ClipRequest, ClipStatus, Clips } from "./clips.ts";
import { stored } from "./web-pictures.ts";

/** Clips of the web app: each is a job in a conversation of its own, which is deleted with it. */
export class WebClips implements Clips {
  readonly ignored = [];
  readonly #client: FlowithClient;
  readonly #files: StoredFiles;

  constructor(client: FlowithClient, files: StoredFiles) {
    this.#client = client;
    this.#files = files;
  }

  async submit(
    { prompt, model = VideoModel.Default, durationSeconds, size, picture }: ClipRequest,
    signal: AbortSignal,
  ): Promise<JobHandle<"video">> {
    const resolution = size === undefined ? undefined : linesOf(size);
    const known = size === undefined ? undefined : await catalogued(this.#client, model, signal);
    const image = picture === undefined ? undefined : await stored(picture, this.#files.during(signal));
    const job = await this.#client.submitVideo(prompt, {
      model,
      durationSeconds,
      image,
      aspectRatio: pictureSize({ size }, known).aspectRatio,
      resolution,
      signal,
    });
    return job.handle;
  }

  async status(handle: unknown, signal: AbortSignal): Promise<ClipStatus> {
    const job = this.#job(handle);
    const [{ state, error }, { isDeleted }] = await Promise.all([
      job.status({ signal }),
      this.#client.conversations.get(job.handle.convId, { signal }),
    ]);
    if (isDeleted === true) throw new InvalidArgumentError("The clip was deleted.");
    switch (state) {
      case "done":
        return { state };
      case "failed":
        return { state, reason: error };
      case "unposted":
        return { state: "failed", reason: "The job was never posted, and costs nothing. Start it again." };
      default:
        return { state: "waiting" };
    }
  }

  async media(handle: unknown, signal: AbortSignal): Promise<GeneratedMedia> {
    const { video } = await this.#job(handle).wait({ signal });
    return video;
  }

  async delete(handle: unknown, signal: AbortSignal): Promise<void> {
    await this.status(handle, signal);
    await this.#client.conversations.delete(this.#job(handle).handle.convId, { signal });
  }

  #job(handle: unknown): Job<"video"> {
    if (!isHandle(handle)) throw new InvalidArgumentError("This is no handle of a clip of the web app.");
    return this.#client.resume(handle);
  }
}

/** @throws GatewayError 400 for pixels that no clip has */
function linesOf(size: string): string {
  const known = videoResolution(size);
  if (known !== undefined) return known.lines;
  const message = `size: No clip has ${size} pixels. Send one such as 1280x720 or 720x1280, of ${VIDEO_LINES.join(", ")} lines on the shorter side.`;
  throw new GatewayError({ status: 400, code: "invalid_value", message, param: "size" });
}

/** `resume` checks all else. */
function isHandle(value: unknown): value is JobHandle<"video"> {
  return typeof value === "object" && value !== null && "nodeId" in value && "kind" in value && value.kind === "video";
}

import { type GeneratedMedia, InvalidArgumentError } from "flowith-webapi";
import type { DeveloperClient, MediaTask, TaskHandle } from "flowith-webapi/developer";
import { GatewayError } from "../errors.ts";
import type { ClipRequest, ClipStatus, Clips } from "./clips.ts";
import { addressOf } from "./developer-pictures.ts";

/** Clips of the developer API. */
export class DeveloperClips implements Clips {
  readonly ignored = ["size"] as const;
  readonly #developer: DeveloperClient;

  constructor(developer: DeveloperClient) {
    this.#developer = developer;
  }

  async submit({ prompt, model, durationSeconds, picture }: ClipRequest, signal: AbortSignal): Promise<TaskHandle> {
    const imageUrl = picture === undefined ? undefined : addressOf(picture, "input_reference");
    const task = await this.#developer.submitVideo(prompt, { model, durationSeconds, imageUrl, signal });
    return task.handle;
  }

  async status(handle: unknown, signal: AbortSignal): Promise<ClipStatus> {
    const { state, reason } = await this.#task(handle).status({ signal });
    return { state, reason };
  }

  async media(handle: unknown, signal: AbortSignal): Promise<GeneratedMedia> {
    const { media } = await this.#task(handle).wait({ signal });
    return media;
  }

  async delete(): Promise<void> {
    const message = "By an API key clips cannot be deleted. By the web app's token they can.";
    throw new GatewayError({ status: 400, code: "unsupported_sign_in", message });
  }

  #task(handle: unknown): MediaTask {
    if (!isHandle(handle)) throw new InvalidArgumentError("This is no handle of a clip of the developer API.");
    return this.#developer.resume(handle);
  }
}

/** `resume` checks all else. */
function isHandle(value: unknown): value is TaskHandle {
  return typeof value === "object" && value !== null && "taskId" in value && "kind" in value && value.kind === "video";
}

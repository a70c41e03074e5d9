import type { JSONValue, SharedV4Warning } from "@ai-sdk/provider";
import type { DeveloperClient, MediaTask, TaskHandle } from "flowith-webapi/developer";
import { definedHeaders, flowithOptions } from "../call-options.ts";
import { fileUrls } from "../image/given-files.ts";
import { unsupported } from "../warnings.ts";
import { type CompletedVideo, completed, type VideoStatus } from "./status.ts";
import { callOf, notAnOperation, type StatusOptions, type VideoCall } from "./web-video.ts";

/** Posts a task of the developer API. */
export async function startByKey(
  developer: DeveloperClient,
  call: VideoCall,
): Promise<{ handle: TaskHandle; warnings: SharedV4Warning[] }> {
  const { fps, seed, aspectRatio, resolution, inputReferences, frameImages, image } = call;
  const { timeout, extraBody, ...web } = flowithOptions("video", call.providerOptions);
  const first = frameImages?.find(({ frameType }) => frameType === "first_frame")?.image ?? image;
  const last = frameImages?.find(({ frameType }) => frameType === "last_frame");
  const [imageUrl] = fileUrls(first === undefined ? [] : [first]);
  const task = await developer.submitVideo(call.prompt, {
    model: call.modelId,
    imageUrl,
    durationSeconds: call.duration,
    audio: call.generateAudio,
    timeout,
    extraBody,
    signal: call.abortSignal,
    headers: definedHeaders(call.headers),
  });
  const references = inputReferences?.length ? inputReferences : undefined;
  const warnings = [
    ...unsupported(
      { fps, seed, aspectRatio, resolution, inputReferences: references, "last frame": last },
      "The developer API has no such setting.",
    ),
    ...unsupported({ ...web }, "It belongs to the web app's sign-in."),
  ];
  return { handle: task.handle, warnings };
}

export async function statusByKey(
  developer: DeveloperClient,
  operation: JSONValue,
  options: StatusOptions,
): Promise<VideoStatus> {
  const { state, reason } = await taskOf(developer, operation).status(callOf(options));
  if (state === "waiting") return { status: "pending" };
  if (state === "failed") return { status: "error", error: reason ?? "The service says that the task failed." };
  return waitByKey(developer, operation, options);
}

/** Asks until it has ended. */
export async function waitByKey(
  developer: DeveloperClient,
  operation: JSONValue,
  options: StatusOptions,
): Promise<CompletedVideo> {
  const { media, cost, handle } = await taskOf(developer, operation).wait(callOf(options));
  return completed(media, { model: handle.model, ...(cost === undefined ? {} : { cost }) }, operation, options);
}

function taskOf(developer: DeveloperClient, operation: JSONValue): MediaTask {
  if (!isHandle(operation)) throw notAnOperation("the developer API");
  return developer.resume(operation);
}

function isHandle(value: unknown): value is TaskHandle {
  return typeof value === "object" && value !== null && "taskId" in value && "kind" in value && value.kind === "video";
}

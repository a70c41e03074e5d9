import {
  InvalidArgumentError,
  type JSONValue,
  type SharedV4Warning,
  type Experimental_VideoModelV4CallOptions as VideoModelV4CallOptions,
} from "@ai-sdk/provider";
import type { CallOptions, FlowithClient, Job, JobHandle } from "flowith-webapi";
import { definedHeaders, flowithOptions } from "../call-options.ts";
import { fileSource } from "../image/given-files.ts";
import { unsupported } from "../warnings.ts";
import { resolutionOf } from "./resolution.ts";
import { type CompletedVideo, completed, type VideoStatus } from "./status.ts";

/** A call whose prompt is there. */
export type VideoCall = VideoModelV4CallOptions & { prompt: string; modelId: string };

/** What a status may be asked with. */
export interface StatusOptions {
  signal: AbortSignal | undefined;
  headers: Record<string, string | undefined> | undefined;
}

/** Posts a job of the web app. */
export async function startByWeb(
  client: FlowithClient,
  call: VideoCall,
): Promise<{ handle: JobHandle<"video">; warnings: SharedV4Warning[] }> {
  const { fps, seed, inputReferences, frameImages = [], image } = call;
  const { resolution: ownResolution, ...own } = flowithOptions("video", call.providerOptions);
  const { lines, ratio } =
    ownResolution === undefined
      ? resolutionOf("resolution", call.resolution)
      : resolutionOf("providerOptions.flowith.resolution", ownResolution);
  const first = frameImages.find(({ frameType }) => frameType === "first_frame")?.image ?? image;
  const last = frameImages.find(({ frameType }) => frameType === "last_frame")?.image;
  const adaptive = call.aspectRatio === "adaptive" ? call.aspectRatio : undefined;
  const job = await client.submitVideo(call.prompt, {
    aspectRatio: adaptive === undefined ? (call.aspectRatio ?? ratio) : undefined,
    resolution: lines,
    ...own,
    model: call.modelId,
    durationSeconds: call.duration,
    audio: call.generateAudio,
    image: first && fileSource(first),
    lastImage: last && fileSource(last),
    signal: call.abortSignal,
    headers: definedHeaders(call.headers),
  });
  const references = inputReferences?.length ? inputReferences : undefined;
  const warnings = unsupported(
    { fps, seed, inputReferences: references, "aspectRatio adaptive": adaptive },
    NO_SETTING,
  );
  return { handle: job.handle, warnings };
}

const NO_SETTING = "The web app's endpoints have no such setting.";

export async function statusByWeb(
  client: FlowithClient,
  operation: JSONValue,
  options: StatusOptions,
): Promise<VideoStatus> {
  const { state, error } = await jobOf(client, operation).status(callOf(options));
  switch (state) {
    case "waiting":
    case "unknown":
      return { status: "pending" };
    case "unposted":
      return { status: "error", error: "The job was never posted, and costs nothing. Start it again." };
    case "failed":
      return { status: "error", error: error ?? "The service says that the job failed." };
    case "done":
      return waitByWeb(client, operation, options);
  }
}

/** Waits for its end by the events of the service. */
export async function waitByWeb(
  client: FlowithClient,
  operation: JSONValue,
  options: StatusOptions,
): Promise<CompletedVideo> {
  const { video, nodeId, convId, model } = await jobOf(client, operation).wait(callOf(options));
  return completed(video, { nodeId, convId, model }, operation, options);
}

function jobOf(client: FlowithClient, operation: JSONValue): Job<"video"> {
  if (!isHandle(operation)) throw notAnOperation("the web app");
  return client.resume(operation);
}

/** What the client takes of a question for a status. */
export function callOf({ signal, headers }: StatusOptions): CallOptions {
  return { signal, headers: definedHeaders(headers) };
}

function isHandle(value: unknown): value is JobHandle<"video"> {
  return typeof value === "object" && value !== null && "nodeId" in value && "kind" in value && value.kind === "video";
}

/** What was given is no operation, or one that the other sign-in began. */
export function notAnOperation(whose: string): InvalidArgumentError {
  const message = `It is no operation of a clip that ${whose} makes. Pass the one that experimental_startVideo gave, to a provider with the same sign-in.`;
  return new InvalidArgumentError({ argument: "operation", message });
}

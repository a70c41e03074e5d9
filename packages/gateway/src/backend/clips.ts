import type { GeneratedMedia, JobHandle } from "flowith-webapi";
import type { TaskHandle } from "flowith-webapi/developer";
import type { GivenPicture } from "./pictures.ts";

/** A clip as any surface asks for it. */
export interface ClipRequest {
  prompt: string;
  model?: string | undefined;
  durationSeconds?: number | undefined;
  /** Pixels such as `1280x720`; the nearest that the model has is taken. */
  size?: string | undefined;
  /** The picture that it begins with. */
  picture?: GivenPicture | undefined;
}

/** What finds a clip again, in any process, as JSON. */
export type ClipHandle = JobHandle<"video"> | TaskHandle;

/** How it stands with a clip. */
export interface ClipStatus {
  state: "waiting" | "done" | "failed";
  /** Why it failed. */
  reason?: string | undefined;
}

/** Clips of one account. A handle that is not its own throws an `InvalidArgumentError`. */
export interface Clips {
  /** What of a request is not taken into account. */
  readonly ignored: readonly (keyof ClipRequest)[];
  submit(request: ClipRequest, signal: AbortSignal): Promise<ClipHandle>;
  status(handle: unknown, signal: AbortSignal): Promise<ClipStatus>;
  /** One that is done. */
  media(handle: unknown, signal: AbortSignal): Promise<GeneratedMedia>;
  /** Takes it away, where the service can. */
  delete(handle: unknown, signal: AbortSignal): Promise<void>;
}

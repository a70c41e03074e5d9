import type { ClipStatus } from "../../backend/clips.ts";
import type { VideoParts } from "./video-id.ts";

const STATUS = { waiting: "in_progress", done: "completed", failed: "failed" } as const;

/** A clip as OpenAI's clients read it. The service tells no progress but the end. */
export function videoBody(
  id: string,
  { handle, seconds, size }: Pick<VideoParts, "seconds" | "size"> & { handle: { model: string; createdAtMs: number } },
  status: ClipStatus | undefined,
): Record<string, unknown> {
  const { state = undefined, reason = "The service says that it failed." } = status ?? {};
  return {
    id,
    object: "video",
    model: handle.model,
    status: state === undefined ? "queued" : STATUS[state],
    progress: state === "done" ? 100 : 0,
    created_at: Math.floor(handle.createdAtMs / 1000),
    completed_at: null,
    expires_at: null,
    error: state === "failed" ? { code: "job_failed", message: reason } : null,
    prompt: null,
    remixed_from_video_id: null,
    seconds: seconds ?? "",
    size: size ?? "",
  };
}

import type { JSONValue, Experimental_VideoModelV4OperationStatusResult as StatusResult } from "@ai-sdk/provider";
import type { CallOptions, GeneratedVideo } from "flowith-webapi";

type WithoutResponse<Result> = Result extends unknown ? Omit<Result, "response"> : never;

/** How it stands with a clip, but for the response, which all have alike. */
export type VideoStatus = WithoutResponse<StatusResult>;

export interface CompletedVideo extends Extract<VideoStatus, { status: "completed" }> {
  videos: { type: "binary"; data: Uint8Array; mediaType: string }[];
}

/**
 * A clip that is there, as bytes: the AI SDK itself loads nothing from the addresses of this machine, such as an emulator's.
 * Of several clips it keeps the fields of one, and joins the lists named `videos`.
 */
export async function completed(
  video: GeneratedVideo,
  about: Record<string, string | number>,
  operation: JSONValue,
  { signal }: Pick<CallOptions, "signal">,
): Promise<CompletedVideo> {
  const blob = await video.blob({ signal });
  const data = new Uint8Array(await blob.arrayBuffer());
  return {
    status: "completed",
    videos: [{ type: "binary", data, mediaType: blob.type || "video/mp4" }],
    warnings: [],
    providerMetadata: {
      flowith: { url: video.url, ...about, videos: [{ url: video.url, ...about, handle: operation }] },
    },
  };
}

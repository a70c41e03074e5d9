import type { Progress } from "flowith-webapi";
import { byteSize } from "./byte-size.ts";

/** How far a job, an upload or a download is, in a few words. */
export function progressWords({ phase, sentBytes, receivedBytes, totalBytes }: Progress): string {
  if (phase === "submitted") return "submitted";
  if (phase === "waiting") return "the service is at work";
  const bytes = phase === "uploading" ? sentBytes : receivedBytes;
  if (bytes === undefined) return phase;
  if (!totalBytes) return `${phase}, ${byteSize(bytes)}`;
  return `${phase}, ${byteSize(bytes)} of ${byteSize(totalBytes)} (${Math.floor((100 * bytes) / totalBytes)} %)`;
}

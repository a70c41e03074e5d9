import type { JobRules } from "../jobs/job-rules.ts";
import type { KindTools } from "./kind.ts";
import { MediaReader, type MediaResult } from "./media-reader.ts";

/** What all kinds of media have in common. */
export type MediaRules<Name extends "image" | "video"> = Pick<
  JobRules<MediaResult, unknown, Name>,
  "name" | "limits" | "patience" | "isMedia" | "isPostedAgain" | "createReader"
>;

/** @param totalMs how long one may take */
export function mediaRules<Name extends "image" | "video">(
  name: Name,
  totalMs: number,
  { quietMs }: KindTools,
): MediaRules<Name> {
  return {
    name,
    limits: { connectMs: 10_000, firstEventMs: 0, idleMs: 0, totalMs },
    patience: { quietMs: quietMs.media ?? 10_000, steadyUntilMs: 0, maxQuietMs: 30_000 },
    isMedia: true,
    isPostedAgain: false,
    createReader: () => new MediaReader(name),
  };
}

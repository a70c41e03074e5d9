import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { isStorable } from "../database/storable.ts";
import { invalid, json } from "../http/answers.ts";
import { readJson } from "../http/read-body.ts";
import { recordFailure } from "../jobs/failure.ts";
import { startMediaJob } from "../jobs/media-job.ts";
import { mediaFileName } from "../media/file-name.ts";
import { clipSize, makeClip } from "../media/video/clip.ts";
import { admitJob } from "./admit-job.ts";
import { uuid } from "./completion.ts";
import type { EdgeContext } from "./edge-context.ts";

interface VideoBody {
  nodeId: string;
  model: string;
  prompt: string;
  aspect_ratio: string;
  audio: boolean;
  resolution: string;
  convId: string;
  parentNodeId: string;
  position: { x: number; y: number };
  duration: number;
}

const body: v.GenericSchema<unknown, VideoBody> = v.object({
  nodeId: uuid,
  model: v.string(),
  prompt: v.pipe(v.string(), v.minLength(1)),
  aspect_ratio: v.optional(v.string(), "16:9"),
  audio: v.optional(v.boolean(), true),
  resolution: v.optional(v.pipe(v.string(), v.check(isStorable, "Holds a character that cannot be kept")), "480p"),
  convId: uuid,
  parentNodeId: uuid,
  position: v.optional(v.object({ x: v.number(), y: v.number() }), { x: 0, y: 310 }),
  duration: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(10)), 5),
});

/** `POST /video/async`: the server makes the answer node, under the user's, and answers with its id. */
export async function videoAsync(context: EdgeContext, userId: string, request: Request): Promise<Response> {
  const read = await readJson(body, request);
  if (!read.ok) return read.response;
  const { model, prompt, aspect_ratio, audio, resolution, convId, parentNodeId, position, duration } = read.value;
  const size = clipSize(aspect_ratio);
  if (size === undefined) {
    const msg = `No video can be made of aspect_ratio "${aspect_ratio}"`;
    return invalid([{ loc: ["body", "aspect_ratio"], msg, type: "value_error" }]);
  }
  const nodeId = context.faults.wishOf(userId, "ownNodeId") === true ? randomUUID() : read.value.nodeId;
  const admission = await admitJob(context, { userId, nodeId, convId, model, media: "video", rowId: parentNodeId });
  if (!admission.ok) return admission.response;
  const timestamp = String(Math.floor(context.clock.now() / 1000));
  const shown = { title: "AI", value: "", mode: "video_generation", timestamp, isVideo: true, model, status: "init" };
  const data = { ...shown, ratio: aspect_ratio, aspect_ratio, resolution, audio, duration };
  const makeRow = () => context.rows.insertAnswer({ id: nodeId, convId, parentId: parentNodeId, position, data });
  const isRowLate = context.rows.keepsInit(userId);
  if (!isRowLate) {
    await makeRow().catch(async (error: unknown) => {
      await recordFailure(context, admission.job, { reason: "unknown" });
      throw error;
    });
  }
  const script = context.model.scriptFor(userId, prompt);
  startMediaJob(context, admission.job, {
    taskType: "video_generation",
    durationMs: script?.firstEventMs ?? context.settings.videoMs,
    fail: script?.fail,
    makeRow: isRowLate ? makeRow : undefined,
    make: async () => ({
      name: mediaFileName(prompt, "mp4"),
      contentType: "video/mp4",
      bytes: await makeClip(prompt, { ...size, durationSeconds: duration, audio }),
    }),
  });
  return json({ nodeId, status: "processing" });
}

import { randomUUID } from "node:crypto";
import * as v from "valibot";
import type { StoredFile } from "../../files/file-store.ts";
import { json, refusal } from "../../http/answers.ts";
import { readJson } from "../../http/read-body.ts";
import { makeCube } from "../../media/cube.ts";
import { mediaFileName } from "../../media/file-name.ts";
import { makeTune } from "../../media/tune.ts";
import { clipSize, makeClip } from "../../media/video/clip.ts";
import type { Failure } from "../../model/script.ts";
import { checkModel } from "../admit-job.ts";
import type { EdgeContext } from "../edge-context.ts";
import { chargeDeveloper, developerPrices, refundDeveloper } from "./developer-credits.ts";

type Kind = "video" | "music" | "3d";

interface Task {
  kind: Kind;
  userId: string;
  status: "pending" | "processing" | "completed" | "failed";
  url?: string | undefined;
  error?: { message: string; type: string } | undefined;
}

interface Wish {
  model: string;
  prompt: string;
  lyrics?: string | undefined;
  image_url?: string | undefined;
  duration?: number | undefined;
  audio?: boolean | undefined;
}

const url = v.pipe(v.string(), v.url());
const prompt = v.pipe(v.string(), v.minLength(1));

const bodies: Record<Kind, v.GenericSchema<unknown, Wish>> = {
  video: v.object({
    model: v.string(),
    prompt,
    image_url: v.optional(url),
    duration: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(10))),
    audio: v.optional(v.boolean()),
  }),
  music: v.object({
    model: v.literal("minimax-music-v2"),
    prompt: v.pipe(v.string(), v.minLength(10), v.maxLength(300)),
    lyrics: v.optional(v.pipe(v.string(), v.minLength(10), v.maxLength(3_000))),
  }),
  "3d": v.pipe(
    v.object({ model: v.literal("trellis-2"), image_url: url }),
    v.transform((wish) => ({ ...wish, prompt: wish.image_url })),
  ),
};

async function fileOf(kind: Kind, { prompt, duration = 2, audio = true }: Wish): Promise<Omit<StoredFile, "key">> {
  if (kind === "music")
    return { name: mediaFileName(prompt, "wav"), contentType: "audio/wav", bytes: makeTune(prompt) };
  if (kind === "3d") return { name: "model.glb", contentType: "model/gltf-binary", bytes: makeCube() };
  const size = clipSize("16:9") ?? { width: 320, height: 176 };
  const bytes = await makeClip(prompt, { ...size, durationSeconds: duration, audio });
  return { name: mediaFileName(prompt, "mp4"), contentType: "video/mp4", bytes };
}

/** Tasks of the developer API; they live as long as the emulator does. */
export function createDeveloperTasks(context: EdgeContext): {
  submit(kind: Kind, userId: string, request: Request): Promise<Response>;
  status(kind: Kind, userId: string, id: string): Response;
} {
  const tasks = new Map<string, Task>();

  function start(task: Task, wish: Wish, durationMs: number, fail: Failure | undefined): void {
    context.runner.start(async (jobClock) => {
      await jobClock.pause(durationMs / 2);
      task.status = "processing";
      await jobClock.pause(durationMs / 2);
      if (fail !== undefined) {
        task.error = { message: fail.message ?? "The provider failed", type: fail.reason };
        task.status = "failed";
        await refundDeveloper(context, task.userId, task.kind);
        return;
      }
      task.url = context.files.put({ ...(await fileOf(task.kind, wish)), ownerId: task.userId });
      task.status = "completed";
    });
  }

  return {
    async submit(kind, userId, request) {
      const read = await readJson(bodies[kind], request);
      if (!read.ok) return read.response;
      const unknown = kind === "video" ? checkModel(read.value.model, "video") : undefined;
      if (unknown !== undefined) return unknown;
      const unpaid = await chargeDeveloper(context, userId, kind);
      if (unpaid !== undefined) return unpaid;
      const script = context.model.scriptFor(userId, read.value.prompt);
      const id = randomUUID();
      const task: Task = { kind, userId, status: "pending" };
      tasks.set(id, task);
      start(task, read.value, script?.firstEventMs ?? context.settings.videoMs, script?.fail);
      return json({ success: true, data: { task_id: id, estimated_cost: developerPrices[kind] } });
    },
    status(kind, userId, id) {
      const task = tasks.get(id);
      if (task === undefined || task.userId !== userId || task.kind !== kind) {
        return refusal(404, `There is no ${kind} task ${id}`, "not_found");
      }
      const { status, url, error } = task;
      const cost = status === "completed" ? { cost: developerPrices[kind] } : {};
      return json({
        success: true,
        data: { task_id: id, status, ...(url ? { url } : {}), ...(error ? { error } : {}), ...cost },
      });
    },
  };
}

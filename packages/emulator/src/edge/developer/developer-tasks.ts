import { randomUUID } from "node:crypto";
import * as v from "valibot";
import type { StoredFile } from "../../files/file-store.ts";
import { json, refusal } from "../../http/answers.ts";
import { readJson } from "../../http/read-body.ts";
import { makeCube } from "../../media/cube.ts";
import { mediaFileName } from "../../media/file-name.ts";
import { makeTune } from "../../media/tune.ts";
import { clipSize, makeClip } from "../../media/video/clip.ts";
import type { ScriptedAnswer } from "../../model/scripted-reply.ts";
import { checkModel } from "../admit-job.ts";
import type { EdgeContext } from "../edge-context.ts";
import { chargeDeveloper, developerPrices, refundDeveloper } from "./developer-credits.ts";
import type { Task, TaskKind, TaskLog } from "./task-log.ts";

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

const bodies: Record<TaskKind, v.GenericSchema<unknown, Wish>> = {
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

async function fileOf(kind: TaskKind, { prompt, duration = 2, audio = true }: Wish): Promise<Omit<StoredFile, "key">> {
  if (kind === "music")
    return { name: mediaFileName(prompt, "wav"), contentType: "audio/wav", bytes: makeTune(prompt) };
  if (kind === "3d") return { name: "model.glb", contentType: "model/gltf-binary", bytes: makeCube() };
  const size = clipSize("16:9") ?? { width: 320, height: 176 };
  const bytes = await makeClip(prompt, { ...size, durationSeconds: duration, audio });
  return { name: mediaFileName(prompt, "mp4"), contentType: "video/mp4", bytes };
}

/** Tasks of the developer API. */
export function createDeveloperTasks(context: EdgeContext): {
  submit(kind: TaskKind, userId: string, request: Request): Promise<Response>;
  status(kind: TaskKind, userId: string, id: string): Promise<Response>;
} {
  const { tasks } = context;

  function start(task: Task, wish: Wish, durationMs: number, script: ScriptedAnswer | undefined): void {
    const { fail, isEmpty } = script ?? {};
    const { id, kind, userId } = task;
    context.runner.start(async (jobClock) => {
      await jobClock.pause(durationMs / 2);
      await tasks.begin(id);
      await jobClock.pause(durationMs / 2);
      if (fail !== undefined) {
        await failTask(context, task, { message: fail.message ?? "The provider failed", type: fail.reason });
        return;
      }
      if (isEmpty === true) await tasks.complete(id, "");
      else await tasks.complete(id, context.files.put({ ...(await fileOf(kind, wish)), ownerId: userId }));
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
      const task: Task = { id: randomUUID(), kind, userId };
      await tasks.add(task);
      start(task, read.value, script?.firstEventMs ?? context.settings.videoMs, script);
      return json({ success: true, data: { task_id: task.id, estimated_cost: developerPrices[kind] } });
    },
    async status(kind, userId, id) {
      const task = await tasks.find({ id, kind, userId });
      if (task === undefined) return refusal(404, `There is no ${kind} task ${id}`, "not_found");
      const { status, url, error } = task;
      const cost = status === "completed" ? { cost: developerPrices[kind] } : {};
      return json({
        success: true,
        data: { task_id: id, status, ...(url ? { url } : {}), ...(error ? { error } : {}), ...cost },
      });
    },
  };
}

/** Fails the tasks that an end of the process cut short, and gives their credits back. */
export async function failInterruptedTasks(context: FailContext): Promise<void> {
  for (const task of await context.tasks.open()) {
    const message = "The emulator was stopped while this task ran.";
    await failTask(context, task, { message, type: "unknown" });
  }
}

interface FailContext extends Pick<EdgeContext, "credits"> {
  tasks: Pick<TaskLog, "open" | "fail">;
}

async function failTask(
  { tasks, credits }: FailContext,
  { id, kind, userId }: Task,
  error: { message: string; type: string },
): Promise<void> {
  await tasks.fail(id, error);
  await refundDeveloper({ credits }, userId, kind);
}

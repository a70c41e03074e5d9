import * as v from "valibot";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { ResponseShapeError } from "../errors/response-shape-error.ts";
import type { GeneratedImage } from "../media/generated-media.ts";
import { defined } from "../options/defined.ts";
import { describeIssue } from "../options/describe-issue.ts";
import type { Limits } from "../options/limits.ts";
import { filledText } from "../options/option-values.ts";
import type { CallOptions } from "../options/options.ts";
import { checkPrompt } from "../options/options-check.ts";
import { otherKind, textOf } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";
import { checkDeveloperCall } from "./check-developer-call.ts";
import {
  checkImageUrl,
  checkMusicPrompt,
  type DeveloperImageOptions,
  type DeveloperMediaOptions,
  type DeveloperMusicOptions,
  type DeveloperVideoOptions,
  imageEntries,
  modelEntries,
  musicEntries,
  videoEntries,
} from "./media-options.ts";
import { MediaTask, type TaskHandle, type TaskKind, type TaskTools } from "./media-task.ts";
import { readModelIds } from "./model-ids.ts";
import { dataOf, numberOf, urlOf } from "./task-status.ts";
import { throwIfTold } from "./told-failure.ts";

/** A picture of the developer API. */
export interface DeveloperPicture {
  image: GeneratedImage;
  imageUrl: string;
  /** In the credits of the developer API, which are larger than those of the web app, where the service said so. */
  cost?: number | undefined;
  model: string;
  raw: RawRecord;
}

/** Of a post whose answer comes when the work is done. */
const WORK_LIMITS: Limits = { connectMs: 0, firstEventMs: 0, idleMs: 0, totalMs: 120_000 };
const SUBMIT_LIMITS: Limits = { connectMs: 30_000, firstEventMs: 0, idleMs: 0, totalMs: 60_000 };

const MODELS: Record<TaskKind, string> = {
  video: "seedance-2.0-fast",
  music: "minimax-music-v2",
  "3d": "trellis-2",
};

const taskHandle: v.GenericSchema<unknown> = v.looseObject({
  v: v.literal(1),
  kind: v.picklist(["video", "music", "3d"]),
  taskId: filledText,
  model: v.string(),
  estimatedCost: v.optional(v.number()),
  createdAtMs: v.number(),
});

/** Pictures, and tasks that end with a file (wire 9). */
export class DeveloperMedia {
  readonly #tools: TaskTools;

  constructor(tools: TaskTools) {
    this.#tools = tools;
  }

  async image(prompt: string, options: DeveloperImageOptions): Promise<DeveloperPicture> {
    checkPrompt("generateImage", prompt);
    const { model = "gemini-3.1-flash-image", aspectRatio, imageUrls, extraBody = {}, ...call } = options;
    checkDeveloperCall("generateImage", options, imageEntries);
    const path = "/external/use/image/generate";
    const json = {
      ...defined({ model, prompt, aspect_ratio: aspectRatio, image_urls: imageUrls }),
      ...defined(extraBody),
    };
    const label = `POST ${path}`;
    const { raw, url, image } = await paid(async () => {
      const answer = dataOf(await this.#tools.api.post({ path, json, limits: WORK_LIMITS }, call), label);
      const found = urlOf(answer);
      if (found === undefined || answer.success === false) throwIfTold(label, answer, false);
      if (found === undefined)
        throw otherKind(`${label} answered with`, "no URL of a picture", "a whole one was", answer);
      return { raw: answer, url: found, image: this.#tools.media(found, model, { label, raw: answer }) };
    });
    const cost = numberOf(raw.cost);
    return { image, imageUrl: url, model, raw, ...(cost === undefined ? {} : { cost }) };
  }

  async video(prompt: string, options: DeveloperVideoOptions): Promise<MediaTask> {
    checkPrompt("submitVideo", prompt);
    checkDeveloperCall("submitVideo", options, videoEntries);
    const { imageUrl, durationSeconds, audio, ...rest } = options;
    return this.#submit("video", { prompt, image_url: imageUrl, duration: durationSeconds, audio }, rest);
  }

  async music(prompt: string, options: DeveloperMusicOptions): Promise<MediaTask> {
    checkMusicPrompt("submitMusic", prompt);
    checkDeveloperCall("submitMusic", options, musicEntries);
    const { lyrics, ...rest } = options;
    return this.#submit("music", { prompt, lyrics }, rest);
  }

  async model3D(imageUrl: string, options: DeveloperMediaOptions): Promise<MediaTask> {
    checkImageUrl("submit3D", imageUrl);
    checkDeveloperCall("submit3D", options, modelEntries);
    return this.#submit("3d", { image_url: imageUrl }, options);
  }

  resume(handle: TaskHandle): MediaTask {
    const result = v.safeParse(taskHandle, handle);
    if (result.success) return new MediaTask(this.#tools, handle);
    throw new InvalidArgumentError(`resume: the handle of a task: ${describeIssue(result.issues[0])}.`);
  }

  async models(kind: "image" | "video", options: CallOptions): Promise<string[]> {
    checkDeveloperCall(`${kind}Models`, options);
    return readModelIds(this.#tools.api, `/external/use/${kind}/models`, options);
  }

  async #submit(kind: TaskKind, fields: Record<string, unknown>, options: DeveloperMediaOptions): Promise<MediaTask> {
    const { model = MODELS[kind], extraBody = {}, ...call } = options;
    const path = `/external/use/${kind}/generate`;
    const json = { ...defined({ model, ...fields }), ...defined(extraBody) };
    const label = `POST ${path}`;
    const { raw, taskId } = await paid(async () => {
      const answer = dataOf(await this.#tools.api.post({ path, json, limits: SUBMIT_LIMITS }, call), label);
      const id = idOf(answer.task_id) ?? idOf(answer.taskId);
      if (id === undefined || answer.success === false) throwIfTold(label, answer, false);
      if (id === undefined) throw otherKind(`${label} answered with`, "no id of a task", "one was", answer);
      return { raw: answer, taskId: id };
    });
    const estimatedCost = numberOf(raw.estimated_cost);
    const cost = estimatedCost === undefined ? {} : { estimatedCost };
    return new MediaTask(this.#tools, { v: 1, kind, taskId, model, ...cost, createdAtMs: Date.now() });
  }
}

/** The result of a billed post. Where its answer cannot be read, the error says what that may have cost. */
async function paid<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!ResponseShapeError.is(error)) throw error;
    const { issues, raw } = error;
    const message = `${error.message} It may have been taken and paid for: error.raw is what the service said.`;
    throw new ResponseShapeError(message, { issues, raw, cause: error });
  }
}

/** An id, which may come as a number too. */
function idOf(value: unknown): string | undefined {
  return typeof value === "number" ? String(value) : textOf(value);
}

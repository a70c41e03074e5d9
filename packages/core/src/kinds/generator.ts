import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { JobHandle, JobKind } from "../errors/job-handle.ts";
import type { FileOpener } from "../files/file-source.ts";
import type { JobDescription } from "../jobs/job-description.ts";
import { type JobPlace, type JobServices, submitJob } from "../jobs/submit-job.ts";
import type { MediaServices } from "../media/generated-media.ts";
import type { MediaSaver } from "../media/save-port.ts";
import type { JobOptions } from "../options/options.ts";
import { type ProgressReporter, progressReporter } from "../options/progress.ts";
import { type DescriberServices, JobDescriber } from "./describe-jobs.ts";
import { JOB_KINDS, type JobKindRules, type JobResults } from "./job-kinds.ts";
import type { MediaResult } from "./media-reader.ts";
import type { GenerationOutput, ImageOutput, VideoOutput } from "./outputs.ts";
import { directText } from "./text/direct-text.ts";
import { type GenerationStream, type TextRun, TextStream, type TextWait } from "./text/generation-stream.ts";
import { DEFAULT_TEXT_MODEL } from "./text/text-job.ts";
import type { Turn, TurnPlace } from "./turn.ts";
import type { GenerateOptions, ImageOptions, VideoOptions } from "./verb-options.ts";

export interface GeneratorServices extends JobServices, MediaServices, DescriberServices {
  files: FileOpener & MediaSaver;
}

/** The verbs that make something: each has its job described, runs it, and dresses its result. */
export class Generator {
  readonly #services: GeneratorServices;

  readonly #describe: JobDescriber;

  constructor(services: GeneratorServices) {
    this.#services = services;
    this.#describe = new JobDescriber(services);
  }

  generate(prompt: string, options: GenerateOptions): Promise<GenerationOutput> {
    return this.generateStream(prompt, options).output;
  }

  generateStream(prompt: string, options: GenerateOptions, turn?: Turn<GenerationOutput>): GenerationStream {
    this.#describe.checkText("generate", prompt, options);
    const model = options.model ?? DEFAULT_TEXT_MODEL;
    let place: TurnPlace | undefined;
    const enter = async (signal: AbortSignal): Promise<void> => {
      place = await turn?.enter(signal);
    };
    return new TextStream({
      model,
      signal: options.signal,
      ready: turn && enter,
      start: (onNews) => this.#startText(prompt, model, options, place, onNews),
      onEnd: turn?.leave,
    });
  }

  submitText(prompt: string, options: GenerateOptions): Promise<JobHandle<"text">> {
    this.#describe.checkText("submitText", prompt, options);
    if (options.direct === true)
      throw new InvalidArgumentError("submitText: a direct completion has no job. Use generate.");
    const model = options.model ?? DEFAULT_TEXT_MODEL;
    return this.#submit("text", options, (progress) =>
      this.#describe.text(prompt, model, options, undefined, progress),
    );
  }

  submitImage(prompt: string, options: ImageOptions): Promise<JobHandle<"image">> {
    this.#describe.checkImage("submitImage", prompt, options);
    return this.#submit("image", options, (progress) => this.#describe.image(prompt, options, undefined, progress));
  }

  submitVideo(prompt: string, options: VideoOptions): Promise<JobHandle<"video">> {
    this.#describe.checkVideo("submitVideo", prompt, options);
    return this.#submit("video", options, (progress) => this.#describe.video(prompt, options, progress));
  }

  #startText(
    prompt: string,
    model: string,
    options: GenerateOptions,
    place: TurnPlace | undefined,
    onNews: () => void,
  ): TextRun {
    const progress = progressReporter(options.onProgress, (error) => wait.fail(error));
    const job = this.#describe.text(prompt, model, options, place, progress);
    const { reader, limits } = job;
    const { headers, maxRetries, onResponse, extraBody, signal } = options;
    const call = { headers, maxRetries, onResponse };
    const wait: TextWait =
      options.direct === true
        ? directText(this.#services.edge, {
            ...job.source,
            model,
            reader,
            limits,
            extraBody,
            call,
            signal,
            onNews,
          })
        : submitJob(
            this.#services,
            job,
            jobPlace(options, place),
            { ...options, onSubmit: onSubmitOf(options, place), progress },
            onNews,
          ).wait;
    return { reader, wait };
  }

  generateImage(prompt: string, options: ImageOptions, place?: TurnPlace): Promise<ImageOutput> {
    this.#describe.checkImage("generateImage", prompt, options);
    return this.#media("image", options, place, (progress) => this.#describe.image(prompt, options, place, progress));
  }

  generateVideo(prompt: string, options: VideoOptions, place?: TurnPlace): Promise<VideoOutput> {
    this.#describe.checkVideo("generateVideo", prompt, options);
    return this.#media("video", options, place, (progress) => this.#describe.video(prompt, options, progress));
  }

  /** Runs a media job to its end, telling how long it has been waited for. */
  #media<K extends "image" | "video">(
    kind: K,
    options: JobOptions,
    place: TurnPlace | undefined,
    describe: (progress: ProgressReporter) => JobDescription<MediaResult>,
  ): Promise<JobResults[K]> {
    const progress = progressReporter(options.onProgress, (error) => wait.fail(error));
    const submitOptions = { ...options, onSubmit: onSubmitOf(options, place), progress };
    const { wait, submitted } = submitJob(this.#services, describe(progress), jobPlace(options, place), submitOptions);
    if (options.onProgress !== undefined) {
      submitted.then(
        () => this.#services.tracker.tellWhileWaiting(wait, progress),
        () => undefined,
      );
    }
    const rules: JobKindRules<K> = JOB_KINDS[kind];
    return wait.result.then((result) => rules.dress(this.#services, result, knownHandle(wait.handle)));
  }

  /** Starts a job and stops listening once it was taken: its handle finds it again. */
  async #submit<K extends JobKind, Result>(
    kind: K,
    options: JobOptions,
    describe: (progress: ProgressReporter) => JobDescription<Result>,
  ): Promise<JobHandle<K>> {
    const progress = progressReporter(options.onProgress, (error) => wait.fail(error));
    const place = jobPlace(options, undefined);
    const { wait, submitted } = submitJob(this.#services, describe(progress), place, { ...options, progress });
    // The wait dresses a failure with handle and partial; where it has a result already, the post did arrive.
    const handle = await submitted
      .catch(() => wait.result.then(() => knownHandle(wait.handle)))
      .finally(() => wait.leave());
    return { ...handle, kind };
  }
}

function jobPlace(options: JobOptions, place: TurnPlace | undefined): JobPlace {
  return place ?? { convId: options.convId, parentId: options.parentId };
}

/** A conversation session learns of its conversation before the caller does. */
function onSubmitOf(options: JobOptions, place: TurnPlace | undefined): JobOptions["onSubmit"] {
  if (place === undefined) return options.onSubmit;
  return (handle) => {
    place.onSubmit(handle);
    return options.onSubmit?.(handle);
  };
}

/** A job that has a result was posted, and so has a handle. */
function knownHandle<K extends JobKind>(handle: JobHandle<K> | undefined): JobHandle<K> {
  if (handle === undefined) throw new Error("A job has ended that was never identified.");
  return handle;
}

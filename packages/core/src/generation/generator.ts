import { defined } from "../defined.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import type { JobHandle } from "../job-handle.ts";
import { limitsOf } from "../limits.ts";
import { type GeneratedMedia, generatedMedia, type MediaServices } from "../media/generated-media.ts";
import type { JobOptions, TimeoutOptions } from "../options.ts";
import { checkOptions, checkPrompt } from "../options-check.ts";
import { type ProgressReporter, progressReporter } from "../progress.ts";
import { type UploadServices, uploadFile } from "../resources/upload-file.ts";
import { linkedAbort } from "../timing/linked-abort.ts";
import type { TurnPlace } from "./conversation-session.ts";
import { type GenerationStream, TextStream } from "./generation-stream.ts";
import { imageJob } from "./image-job.ts";
import { ImageModel } from "./image-model.ts";
import type { JobDescription } from "./job-description.ts";
import type { MediaResult } from "./media-reader.ts";
import { buildMessages, type Message, userMessage } from "./messages.ts";
import type { GenerationOutput, ImageOutput, VideoOutput } from "./outputs.ts";
import { checkImageSources, promptImageUrls } from "./prompt-images.ts";
import { type JobPlace, type JobServices, submitJob } from "./submit-job.ts";
import { DEFAULT_TEXT_MODEL, textJob } from "./text-job.ts";
import type { TextResult } from "./text-reader.ts";
import type { GenerateOptions, ImageOptions, ImageSource, VideoOptions } from "./verb-options.ts";
import { videoJob } from "./video-job.ts";
import { VideoModel } from "./video-model.ts";

export interface GeneratorServices extends JobServices, MediaServices, UploadServices {
  /** The client's own limits, under those of the call. */
  timeout: TimeoutOptions | undefined;
}

const PROGRESS_MS = 500;

/** The verbs that make something: each checks its input, describes its job, and dresses its result. */
export class Generator {
  readonly #services: GeneratorServices;

  constructor(services: GeneratorServices) {
    this.#services = services;
  }

  generate(prompt: string, options: GenerateOptions, place?: TurnPlace): Promise<GenerationOutput> {
    return this.generateStream(prompt, options, place).output;
  }

  generateStream(prompt: string, options: GenerateOptions, place?: TurnPlace): GenerationStream {
    checkPrompt("generate", prompt);
    checkOptions("generate", options);
    checkImageSources("generate", options.images ?? []);
    const model = options.model ?? DEFAULT_TEXT_MODEL;
    return new TextStream({
      model,
      signal: options.signal,
      start: (onNews, signal) => {
        const abort = linkedAbort(signal);
        const progress = progressReporter(options.onProgress, abort.abort);
        const messages = this.#messages(prompt, options, place, progress);
        const job = textJob({
          ...messages,
          prompt,
          model,
          isSplit: options.reasoning !== "raw",
          limits: limitsOf("text", this.#services.timeout, options.timeout),
        });
        const { wait } = submitJob(
          this.#services,
          job,
          jobPlace(options, place),
          { ...options, signal: abort.signal, progress },
          onNews,
        );
        wait.result.catch(() => undefined).finally(abort.release);
        return { reader: job.reader, wait };
      },
      finish: (result, handle) => generationOutput(result, handle, model),
    });
  }

  async generateImage(prompt: string, options: ImageOptions, place?: TurnPlace): Promise<ImageOutput> {
    checkPrompt("generateImage", prompt);
    checkOptions("generateImage", options);
    checkImageSources("generateImage", options.images ?? []);
    const { media, about } = await this.#media(options, place, (progress) =>
      imageJob({
        ...this.#messages(prompt, options, place, progress),
        prompt,
        model: options.model ?? ImageModel.Default,
        aspectRatio: options.aspectRatio ?? "1:1",
        imageSize: options.imageSize ?? "512",
        isAgent: options.agent ?? true,
        limits: limitsOf("image", this.#services.timeout, options.timeout),
      }),
    );
    return { images: [media], image: media, ...about };
  }

  async generateVideo(prompt: string, options: VideoOptions, place?: TurnPlace): Promise<VideoOutput> {
    checkPrompt("generateVideo", prompt);
    checkOptions("generateVideo", options);
    const { image, lastImage } = options;
    if (image === undefined && lastImage !== undefined) {
      throw new InvalidArgumentError("generateVideo: lastImage needs image, the first frame.");
    }
    const sources = [image, lastImage].filter((source) => source !== undefined);
    checkImageSources("generateVideo", sources);
    const { media, about } = await this.#media(options, place, (progress) => {
      const frames = this.#pictures(sources, progress);
      return videoJob({
        prompt,
        model: options.model ?? VideoModel.Default,
        prepare: frames.prepare,
        frames: () => ({ first: frames.urls()[0], last: frames.urls()[1] }),
        aspectRatio: options.aspectRatio ?? "16:9",
        resolution: options.resolution ?? "480p",
        hasAudio: options.audio ?? true,
        durationSeconds: options.durationSeconds,
        isLoop: options.loop,
        limits: limitsOf("video", this.#services.timeout, options.timeout),
      });
    });
    return { video: media, videoUrl: media.url, save: media.save, ...about };
  }

  /** Runs a media job to its end, telling how long it has been waited for. */
  async #media(
    options: JobOptions,
    place: TurnPlace | undefined,
    describe: (progress: ProgressReporter) => JobDescription<MediaResult>,
  ): Promise<{ media: GeneratedMedia; about: { nodeId: string; convId: string; model: string; raw: unknown } }> {
    const abort = linkedAbort(options.signal);
    const progress = progressReporter(options.onProgress, abort.abort);
    const job = describe(progress);
    const submitOptions = { ...options, signal: abort.signal, progress };
    const { wait, submitted } = submitJob(this.#services, job, jobPlace(options, place), submitOptions);
    const stopTelling = options.onProgress && tellWhileWaiting(submitted, progress);
    try {
      const { url, model = job.model, raw } = await wait.result;
      const about = { nodeId: wait.nodeId, convId: wait.handle?.convId ?? "", model, raw };
      return { media: generatedMedia(this.#services, url, model), about };
    } finally {
      stopTelling?.();
      abort.release();
    }
  }

  /** The prompt's pictures, uploaded where they must be, and the messages that then can be sent. */
  #messages(
    prompt: string,
    options: Pick<GenerateOptions, "images" | "messages" | "system" | "systemMode">,
    place: TurnPlace | undefined,
    progress: ProgressReporter,
  ): { prepare: (signal: AbortSignal) => Promise<void>; messages: () => Message[] } {
    const pictures = this.#pictures(options.images ?? [], progress);
    return {
      prepare: pictures.prepare,
      messages: () => {
        const message = userMessage(prompt, pictures.urls());
        place?.onMessage(message);
        const history = place?.messages ?? options.messages ?? [];
        return buildMessages([...history, message], options.system, options.systemMode ?? "fold");
      },
    };
  }

  #pictures(
    sources: readonly ImageSource[],
    progress: ProgressReporter,
  ): { prepare: (signal: AbortSignal) => Promise<void>; urls: () => readonly string[] } {
    let urls: readonly string[] = [];
    const prepare = async (signal: AbortSignal): Promise<void> => {
      urls = await promptImageUrls(sources, (source) => {
        progress.report("uploading");
        return uploadFile(this.#services, source, { signal });
      });
    };
    return { prepare, urls: () => urls };
  }
}

/** Tells every half second that a posted job is still waited for, since the service itself does not. */
function tellWhileWaiting(submitted: Promise<unknown>, progress: ProgressReporter): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let isOver = false;
  submitted.then(
    () => {
      if (!isOver) timer = setInterval(() => progress.report("waiting"), PROGRESS_MS);
    },
    () => undefined,
  );
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}

function jobPlace(options: JobOptions, place: TurnPlace | undefined): JobPlace {
  return place ?? { convId: options.convId, parentId: options.parentId };
}

function generationOutput(result: TextResult, handle: JobHandle | undefined, model: string): GenerationOutput {
  const { text, reasoning, reasoningSummary, raw } = result;
  return {
    text,
    reasoning,
    ...defined({ reasoningSummary }),
    nodeId: handle?.nodeId ?? "",
    convId: handle?.convId ?? "",
    model: result.model ?? model,
    raw,
    toString: () => text,
  };
}

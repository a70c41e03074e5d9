import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { type UploadServices, uploadFile } from "../files/upload-file.ts";
import type { JobDescription } from "../jobs/job-description.ts";
import { limitsOf } from "../options/limits.ts";
import type { TimeoutOptions } from "../options/options.ts";
import { checkOptions, checkPrompt } from "../options/options-check.ts";
import type { ProgressReporter } from "../options/progress.ts";
import { imageJob } from "./image-job.ts";
import { ImageModel } from "./image-model.ts";
import type { MediaResult } from "./media-reader.ts";
import { buildMessages, type MessageSource, userMessage } from "./messages.ts";
import type { ModelWish, WishCheck } from "./model-wish.ts";
import { checkImageSources, promptImageUrls } from "./prompt-images.ts";
import { type TextJob, textJob } from "./text/text-job.ts";
import type { TurnPlace } from "./turn.ts";
import type { GenerateOptions, ImageOptions, ImageSource, VideoOptions } from "./verb-options.ts";
import { videoJob } from "./video-job.ts";
import { VideoModel } from "./video-model.ts";

export interface DescriberServices extends UploadServices {
  /** The client's own limits, under those of the call. */
  timeout: TimeoutOptions | undefined;
  /** Undefined where media options are not checked against the catalogue. */
  checkWish: WishCheck | undefined;
}

/** Checks what a verb was given and describes its job, with the defaults filled in. */
export class JobDescriber {
  readonly #services: DescriberServices;

  constructor(services: DescriberServices) {
    this.#services = services;
  }

  checkText(of: string, prompt: string, options: GenerateOptions): void {
    checkPrompt(of, prompt);
    checkOptions("generate", options, of);
    checkImageSources(of, options.images ?? []);
    const excluded = (["convId", "parentId", "onSubmit"] as const).find((name) => options[name] !== undefined);
    if (options.direct === true && excluded !== undefined) {
      throw new InvalidArgumentError(
        `${of}: direct excludes ${excluded}: a direct completion has no rows and no handle.`,
      );
    }
  }

  checkImage(of: string, prompt: string, options: ImageOptions): void {
    checkPrompt(of, prompt);
    checkOptions("generateImage", options, of);
    checkImageSources(of, options.images ?? []);
  }

  checkVideo(of: string, prompt: string, options: VideoOptions): void {
    checkPrompt(of, prompt);
    checkOptions("generateVideo", options, of);
    if (options.image === undefined && options.lastImage !== undefined) {
      throw new InvalidArgumentError(`${of}: lastImage needs image, the first frame.`);
    }
    // The name says what no field of the catalogue does.
    if (options.image === undefined && options.model?.endsWith("/image-to-video")) {
      throw new InvalidArgumentError(`${of}: ${options.model} makes a clip of a picture: pass image.`);
    }
    checkImageSources(of, frames(options));
  }

  text(
    prompt: string,
    model: string,
    options: GenerateOptions,
    place: TurnPlace | undefined,
    progress: ProgressReporter,
  ): TextJob {
    return textJob({
      source: this.#messages(prompt, options, place, progress),
      prompt,
      model,
      isSplit: options.reasoning !== "raw",
      limits: limitsOf("text", this.#services.timeout, options.timeout),
    });
  }

  image(
    prompt: string,
    options: ImageOptions,
    place: TurnPlace | undefined,
    progress: ProgressReporter,
  ): JobDescription<MediaResult> {
    const model = options.model ?? ImageModel.Default;
    const source = this.#messages(prompt, options, place, progress);
    const { aspectRatio, imageSize } = options;
    const prepare = this.#checked("generateImage", model, { aspectRatio, imageSize }, source.prepare);
    return imageJob({
      source: { ...source, prepare },
      prompt,
      model,
      aspectRatio: options.aspectRatio ?? "1:1",
      imageSize: options.imageSize ?? "512",
      isAgent: options.agent ?? true,
      limits: limitsOf("image", this.#services.timeout, options.timeout),
    });
  }

  video(prompt: string, options: VideoOptions, progress: ProgressReporter): JobDescription<MediaResult> {
    const model = options.model ?? VideoModel.Default;
    const pictures = this.#pictures(frames(options), progress);
    const { aspectRatio, durationSeconds, audio, lastImage } = options;
    const wish = { aspectRatio, durationSeconds, audio, keyframe: lastImage !== undefined };
    return videoJob({
      prompt,
      model,
      prepare: this.#checked("generateVideo", model, wish, pictures.prepare),
      frames: () => ({ first: pictures.urls()[0], last: pictures.urls()[1] }),
      aspectRatio: options.aspectRatio ?? "16:9",
      resolution: options.resolution ?? "480p",
      hasAudio: options.audio ?? true,
      durationSeconds: options.durationSeconds,
      isLoop: options.loop,
      limits: limitsOf("video", this.#services.timeout, options.timeout),
    });
  }

  /** What the caller asked for is checked before anything is sent for it; our own defaults are not the caller's. */
  #checked(
    of: string,
    model: string,
    wish: ModelWish,
    prepare: (signal: AbortSignal) => Promise<void>,
  ): (signal: AbortSignal) => Promise<void> {
    const isAsked = Object.values(wish).some((part) => part !== undefined && part !== false);
    const { checkWish } = this.#services;
    if (checkWish === undefined || !isAsked) return prepare;
    return async (signal) => {
      await checkWish(of, model, wish, signal);
      await prepare(signal);
    };
  }

  /** The prompt's pictures, uploaded where they must be, and the messages that then can be sent. */
  #messages(
    prompt: string,
    options: Pick<GenerateOptions, "images" | "messages" | "system" | "systemMode">,
    place: TurnPlace | undefined,
    progress: ProgressReporter,
  ): MessageSource {
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

function frames({ image, lastImage }: VideoOptions): ImageSource[] {
  return [image, lastImage].filter((source) => source !== undefined);
}

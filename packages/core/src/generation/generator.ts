import type { FileSource } from "../files-port.ts";
import type { JobHandle } from "../job-handle.ts";
import { generatedMedia, type MediaServices } from "../media/generated-media.ts";
import type { JobOptions, Progress, TimeoutOptions } from "../options.ts";
import { checkOptions, checkPrompt } from "../options-check.ts";
import { type UploadServices, uploadFile } from "../resources/upload-file.ts";
import type { TurnPlace } from "./conversation-session.ts";
import { type GenerationStream, TextStream } from "./generation-stream.ts";
import { imageJob } from "./image-job.ts";
import { ImageModel } from "./image-model.ts";
import { buildMessages } from "./messages.ts";
import type { GenerationOutput, ImageOutput } from "./outputs.ts";
import { checkImageSources, promptImageUrls } from "./prompt-images.ts";
import { type JobPlace, type JobServices, submitJob } from "./submit-job.ts";
import { DEFAULT_TEXT_MODEL, textJob } from "./text-job.ts";
import type { TextResult } from "./text-reader.ts";
import type { GenerateOptions, ImageOptions, ImageSource } from "./verb-options.ts";

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
        const report = reporter(options.onProgress);
        const images = this.#images(options.images, report);
        const job = textJob({
          prompt,
          model,
          isSplit: options.reasoning !== "raw",
          timeout: { ...this.#services.timeout, ...options.timeout },
          prepare: images.prepare,
          messages: () =>
            buildMessages({
              prompt,
              imageUrls: images.urls,
              messages: place?.messages ?? options.messages ?? [],
              system: options.system,
              systemMode: options.systemMode ?? "fold",
            }),
        });
        const { wait } = submitJob(
          this.#services,
          job,
          jobPlace(options, place),
          { ...options, signal, report },
          onNews,
        );
        return { reader: job.reader, wait };
      },
      finish: (result, handle) => generationOutput(result, handle, model),
    });
  }

  async generateImage(prompt: string, options: ImageOptions, place?: TurnPlace): Promise<ImageOutput> {
    checkPrompt("generateImage", prompt);
    checkOptions("generateImage", options);
    checkImageSources("generateImage", options.images ?? []);
    const model = options.model ?? ImageModel.Default;
    const report = reporter(options.onProgress);
    const images = this.#images(options.images, report);
    const job = imageJob({
      prompt,
      model,
      aspectRatio: options.aspectRatio ?? "1:1",
      imageSize: options.imageSize ?? "512",
      isAgent: options.agent ?? true,
      timeout: { ...this.#services.timeout, ...options.timeout },
      prepare: images.prepare,
      messages: () =>
        buildMessages({
          prompt,
          imageUrls: images.urls,
          messages: place?.messages ?? options.messages ?? [],
          system: undefined,
          systemMode: "fold",
        }),
    });
    const { wait, submitted } = submitJob(this.#services, job, jobPlace(options, place), { ...options, report });
    const result = await reportWhile(wait.result, submitted, options.onProgress && (() => report("waiting")));
    const image = generatedMedia(this.#services, result.url, result.model ?? model);
    return {
      images: [image],
      image,
      nodeId: wait.nodeId,
      convId: wait.handle?.convId ?? "",
      model: result.model ?? model,
      raw: result.raw,
    };
  }

  #images(
    sources: readonly ImageSource[] | undefined,
    report: (phase: Progress["phase"]) => void,
  ): { urls: string[]; prepare: (signal: AbortSignal) => Promise<void> } {
    const urls: string[] = [];
    const prepare = async (signal: AbortSignal): Promise<void> => {
      const upload = (source: string | URL | FileSource): ReturnType<typeof uploadFile> => {
        report("uploading");
        return uploadFile(this.#services, source, { signal });
      };
      urls.push(...(await promptImageUrls(sources ?? [], upload)));
    };
    return { urls, prepare };
  }
}

/** Tells every half second that the job is still waited for, since the service itself does not. */
async function reportWhile<T>(
  result: Promise<T>,
  submitted: Promise<unknown>,
  report: (() => void) | undefined,
): Promise<T> {
  if (report === undefined) return result;
  let timer: ReturnType<typeof setInterval> | undefined;
  let isOver = false;
  const start = (): void => {
    if (!isOver) timer = setInterval(report, PROGRESS_MS);
  };
  submitted.then(start, () => undefined);
  try {
    return await result;
  } finally {
    isOver = true;
    clearInterval(timer);
  }
}

function jobPlace(options: JobOptions, place: TurnPlace | undefined): JobPlace {
  return place ?? { convId: options.convId, parentId: options.parentId };
}

function reporter(onProgress: JobOptions["onProgress"]): (phase: Progress["phase"]) => void {
  const startedAtMs = Date.now();
  return (phase) => onProgress?.({ phase, elapsedMs: Date.now() - startedAtMs });
}

function generationOutput(result: TextResult, handle: JobHandle | undefined, model: string): GenerationOutput {
  const { text, reasoning, reasoningSummary, raw } = result;
  return {
    text,
    reasoning,
    ...(reasoningSummary === undefined ? {} : { reasoningSummary }),
    nodeId: handle?.nodeId ?? "",
    convId: handle?.convId ?? "",
    model: result.model ?? model,
    raw,
    toString: () => text,
  };
}

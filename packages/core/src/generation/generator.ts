import { defined } from "../defined.ts";
import type { FileSource } from "../files-port.ts";
import type { JobHandle } from "../job-handle.ts";
import { limitsOf } from "../limits.ts";
import { generatedMedia, type MediaServices } from "../media/generated-media.ts";
import type { JobOptions, TimeoutOptions } from "../options.ts";
import { checkOptions, checkPrompt } from "../options-check.ts";
import { type ProgressReporter, progressReporter } from "../progress.ts";
import { type UploadServices, uploadFile } from "../resources/upload-file.ts";
import { linkedAbort } from "../timing/linked-abort.ts";
import type { TurnPlace } from "./conversation-session.ts";
import { type GenerationStream, TextStream } from "./generation-stream.ts";
import { imageJob } from "./image-job.ts";
import { ImageModel } from "./image-model.ts";
import { buildMessages, type Message, userMessage } from "./messages.ts";
import type { GenerationOutput, ImageOutput } from "./outputs.ts";
import { checkImageSources, promptImageUrls } from "./prompt-images.ts";
import { type JobPlace, type JobServices, submitJob } from "./submit-job.ts";
import { DEFAULT_TEXT_MODEL, textJob } from "./text-job.ts";
import type { TextResult } from "./text-reader.ts";
import type { GenerateOptions, ImageOptions } from "./verb-options.ts";

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
    const model = options.model ?? ImageModel.Default;
    const abort = linkedAbort(options.signal);
    const progress = progressReporter(options.onProgress, abort.abort);
    const job = imageJob({
      ...this.#messages(prompt, options, place, progress),
      prompt,
      model,
      aspectRatio: options.aspectRatio ?? "1:1",
      imageSize: options.imageSize ?? "512",
      isAgent: options.agent ?? true,
      limits: limitsOf("image", this.#services.timeout, options.timeout),
    });
    const submitOptions = { ...options, signal: abort.signal, progress };
    const { wait, submitted } = submitJob(this.#services, job, jobPlace(options, place), submitOptions);
    const stopTelling = options.onProgress && tellWhileWaiting(submitted, progress);
    try {
      const result = await wait.result;
      const image = generatedMedia(this.#services, result.url, result.model ?? model);
      return {
        images: [image],
        image,
        nodeId: wait.nodeId,
        convId: wait.handle?.convId ?? "",
        model: result.model ?? model,
        raw: result.raw,
      };
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
    let imageUrls: readonly string[] = [];
    return {
      prepare: async (signal) => {
        const upload = (source: string | URL | FileSource): ReturnType<typeof uploadFile> => {
          progress.report("uploading");
          return uploadFile(this.#services, source, { signal });
        };
        imageUrls = await promptImageUrls(options.images ?? [], upload);
      },
      messages: () => {
        const message = userMessage(prompt, imageUrls);
        place?.onMessage(message);
        const history = place?.messages ?? options.messages ?? [];
        return buildMessages([...history, message], options.system, options.systemMode ?? "fold");
      },
    };
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

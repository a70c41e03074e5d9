import type { JobHandle, JobKind } from "../errors/job-handle.ts";
import type { FileOpener } from "../files/file-source.ts";
import type { EdgeClient } from "../http/edge-client.ts";
import type { AskedJob, JobEngine } from "../jobs/job-engine.ts";
import { type JobNote, ownOptions } from "../jobs/job-note.ts";
import type { WaitListener } from "../jobs/job-wait-options.ts";
import type { JobOptions } from "../options/options.ts";
import { throwIfAborted } from "../timing/abort.ts";
import type { JobRequest } from "./kind.ts";
import type { JobResults, KindOf, Kinds, OptionsOf } from "./kinds.ts";
import { type PictureOptions, withPlacedPictures } from "./prompt-pictures.ts";
import { directText } from "./text/direct-text.ts";
import { DEFAULT_TEXT_MODEL, type TextKind } from "./text/text.ts";
import type { GenerateOptions } from "./text/text-options.ts";
import type { GenerationOutput } from "./text/text-output.ts";
import type { TextResult } from "./text/text-reader.ts";
import { type GenerationStream, type TextRun, TextStream } from "./text/text-stream.ts";
import type { Turn, TurnContext } from "./turn.ts";

/** The verbs that make something: one runs a job to its end, one submits it, and one streams a text. */
export class Verbs {
  readonly #engine: JobEngine;
  readonly #kinds: Kinds;
  readonly #text: TextKind;
  readonly #edge: EdgeClient;
  readonly #files: FileOpener;

  constructor(engine: JobEngine, kinds: Kinds, text: TextKind, edge: EdgeClient, files: FileOpener) {
    this.#engine = engine;
    this.#kinds = kinds;
    this.#text = text;
    this.#edge = edge;
    this.#files = files;
  }

  /** @param verb for messages @throws InvalidArgumentError at once */
  run<K extends JobKind>(
    name: K,
    verb: string,
    prompt: string,
    options: OptionsOf<K>,
    context?: TurnContext,
  ): Promise<JobResults[K]> {
    const kind: KindOf<K> = this.#kinds[name];
    kind.check(verb, prompt, options, false);
    throwIfAborted(context?.signal);
    return this.#engine.run(kind, asked(kind, { verb, prompt, options: this.own(options), context }));
  }

  /** Starts a job and returns as soon as it was taken. @throws InvalidArgumentError at once */
  submit<K extends JobKind>(name: K, verb: string, prompt: string, options: OptionsOf<K>): Promise<JobHandle<K>> {
    const kind: KindOf<K> = this.#kinds[name];
    kind.check(verb, prompt, options, true);
    const request = { verb, prompt, options: this.own(options), context: undefined };
    return this.#engine.submit(kind, asked(kind, request));
  }

  /** A copy of the options as they are to stand for a call, however late its job begins. */
  own<Options extends JobNote & PictureOptions>(options: Options): Options {
    return withPlacedPictures(ownOptions(options), this.#files.place);
  }

  /** @throws InvalidArgumentError at once */
  stream(prompt: string, given: GenerateOptions, turn?: Turn<GenerationOutput>): GenerationStream {
    this.#text.check("generate", prompt, given, false);
    const options = this.own(given);
    let context: TurnContext | undefined;
    const enter = async (signal: AbortSignal): Promise<void> => {
      context = await turn?.enter(signal);
    };
    return new TextStream({
      model: options.model ?? DEFAULT_TEXT_MODEL,
      signal: options.signal,
      ready: turn && enter,
      start: (listener) => this.#startText(prompt, options, context, listener),
      onEnd: turn?.leave,
      omittedMessages: turn && (() => context?.omittedMessages()),
    });
  }

  #startText(
    prompt: string,
    options: GenerateOptions,
    context: TurnContext | undefined,
    listener: WaitListener<TextResult>,
  ): TextRun {
    throwIfAborted(context?.signal);
    const request = { verb: "generate", prompt, options, context };
    if (options.direct === true) return directText(this.#edge, this.#text, request, listener);
    const { job, wait, submitted } = this.#engine.start(asked(this.#text, request), listener);
    return { reader: job.reader, wait, taken: submitted };
  }
}

/** A job as the engine takes it. */
export function asked<K extends JobKind, Options extends JobOptions<K>, Job>(
  kind: { name: K; describe(request: JobRequest<Options>): Job },
  request: Omit<JobRequest<Options>, "progress">,
): AskedJob<Job> {
  const { options, context } = request;
  // A conversation session learns of its conversation before the caller does.
  const onSubmit: JobOptions["onSubmit"] =
    context === undefined && options.onSubmit === undefined
      ? undefined
      : (handle) => {
          context?.onSubmit(handle);
          return options.onSubmit?.({ ...handle, kind: kind.name });
        };
  return {
    describe: (progress) => kind.describe({ ...request, progress }),
    options: { ...options, onSubmit },
    placement: context ?? { convId: options.convId, parentId: options.parentId },
  };
}

import type { JobHandle, JobKind } from "../errors/job-handle.ts";
import type { EdgeClient } from "../http/edge-client.ts";
import type { JobEngine } from "../jobs/job-engine.ts";
import type { Placement } from "../jobs/submission.ts";
import type { JobOptions } from "../options/options.ts";
import type { JobResults, KindOf, KindOptions, Kinds } from "./kinds.ts";
import { directText } from "./text/direct-text.ts";
import { DEFAULT_TEXT_MODEL, type TextKind } from "./text/text.ts";
import type { GenerateOptions } from "./text/text-options.ts";
import type { GenerationOutput } from "./text/text-output.ts";
import { type GenerationStream, type TextRun, TextStream } from "./text/text-stream.ts";
import type { Turn, TurnContext } from "./turn.ts";

/** The verbs that make something: one runs a job to its end, one submits it, and one streams a text. */
export class Verbs {
  readonly #engine: JobEngine;
  readonly #kinds: Kinds;
  readonly #text: TextKind;
  readonly #edge: EdgeClient;

  constructor(engine: JobEngine, kinds: Kinds, text: TextKind, edge: EdgeClient) {
    this.#engine = engine;
    this.#kinds = kinds;
    this.#text = text;
    this.#edge = edge;
  }

  /** @param verb for messages @throws InvalidArgumentError at once */
  run<K extends JobKind>(
    name: K,
    verb: string,
    prompt: string,
    options: KindOptions[K],
    context?: TurnContext,
  ): Promise<JobResults[K]> {
    const kind: KindOf<K> = this.#kinds[name];
    kind.check(verb, prompt, options, false);
    const asked = { ...options, onSubmit: onSubmitOf(options, context) };
    return this.#engine.run(
      kind,
      (progress) => kind.describe({ verb, prompt, options, context, progress }),
      asked,
      placementOf(options, context),
    );
  }

  /** Starts a job and returns as soon as it was taken. @throws InvalidArgumentError at once */
  submit<K extends JobKind>(name: K, verb: string, prompt: string, options: KindOptions[K]): Promise<JobHandle<K>> {
    const kind: KindOf<K> = this.#kinds[name];
    kind.check(verb, prompt, options, true);
    return this.#engine.submit(
      kind,
      (progress) => kind.describe({ verb, prompt, options, context: undefined, progress }),
      options,
      placementOf(options, undefined),
    );
  }

  /** @throws InvalidArgumentError at once */
  stream(prompt: string, options: GenerateOptions, turn?: Turn<GenerationOutput>): GenerationStream {
    this.#text.check("generate", prompt, options, false);
    let context: TurnContext | undefined;
    const enter = async (signal: AbortSignal): Promise<void> => {
      context = await turn?.enter(signal);
    };
    return new TextStream({
      model: options.model ?? DEFAULT_TEXT_MODEL,
      signal: options.signal,
      ready: turn && enter,
      start: (onNews) => this.#startText(prompt, options, context, onNews),
      onEnd: turn?.leave,
    });
  }

  #startText(prompt: string, options: GenerateOptions, context: TurnContext | undefined, onNews: () => void): TextRun {
    const text = this.#text;
    if (options.direct === true)
      return directText(this.#edge, text, { verb: "generate", prompt, options, context }, onNews);
    const { job, wait, submitted } = this.#engine.start(
      (progress) => text.describe({ verb: "generate", prompt, options, context, progress }),
      { ...options, onSubmit: onSubmitOf(options, context) },
      placementOf(options, context),
      onNews,
    );
    return { reader: job.reader, wait, taken: submitted };
  }
}

function placementOf(options: JobOptions, context: TurnContext | undefined): Placement {
  return context ?? { convId: options.convId, parentId: options.parentId };
}

/** A conversation session learns of its conversation before the caller does. */
function onSubmitOf(options: JobOptions, context: TurnContext | undefined): JobOptions["onSubmit"] {
  if (context === undefined) return options.onSubmit;
  return (handle) => {
    context.onSubmit(handle);
    return options.onSubmit?.(handle);
  };
}

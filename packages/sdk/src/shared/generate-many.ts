import { InvalidArgumentError } from "@flowith-webapi/core";
import {
  abortReason,
  checkedOptions,
  type LinkedAbort,
  linkedAbort,
  throwIfAborted,
  withSignal,
} from "@flowith-webapi/core/http";
import { type AnyResult, type ManyClient, ManyRun } from "./many-run.ts";
import type { ManyInput, ManyOptions, ManyResult } from "./many-types.ts";
import { StartStop } from "./start-stop.ts";
import { StartWindow } from "./start-window.ts";

/** A method, whose parameter may be narrower in the caller's: that gets the results of its own inputs alone. */
interface Told {
  onResult(result: AnyResult): void;
}

/** The options, before the types of the caller's inputs are known. */
type AnyOptions = Omit<ManyOptions, "onResult"> & {
  onResult?: Told["onResult"] | undefined;
};

type ResultController = ReadableStreamDefaultController<AnyResult | InputsFailure>;

type Inputs = Iterable<unknown> | AsyncIterable<unknown>;

const MINUTE_MS = 60_000;

/** The inputs threw: after the results of what was started before. */
class InputsFailure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

const OPTIONS = {
  concurrency: "positiveCount",
  perMinute: "positiveCount",
  onResult: "callable",
  signal: "signal",
  resumeFrom: "jobStore",
  maxCredits: "positive",
  maxFailuresInARow: "positiveCount",
} as const;

/**
 * Runs many jobs. Results come as they end, and a failure is a result like any other. Nothing starts before the first
 * pull; inputs are read as there is room for them, so they may be endless; where nobody reads the results, no further ones
 * are started. Leaving the loop ends the waits for those under way.
 * @param closing aborts when the client is closed; asked at the first pull, since a closed client can be used again
 * @throws InvalidArgumentError for the options; what the inputs themselves throw, behind the results of what was started
 */
export function generateMany<Input extends ManyInput>(
  client: ManyClient,
  inputs: Iterable<Input> | AsyncIterable<Input>,
  options: ManyOptions<Input>,
  closing: () => AbortSignal,
): AsyncGenerator<ManyResult<Input>, undefined>;
/** The same, before the types of the caller's inputs are known. */
export async function* generateMany(
  client: ManyClient,
  inputs: Inputs,
  options: AnyOptions,
  closing: () => AbortSignal,
): AsyncGenerator<AnyResult, undefined> {
  requireList(inputs);
  const { concurrency = 4, signal } = checkedOptions<AnyOptions>("generateMany", OPTIONS, options);
  throwIfAborted(signal);
  const stop = linkedAbort(signal, closing());
  const reader = resultStream(client, inputs, { ...options, concurrency }, stop).getReader();
  try {
    for (;;) {
      const step = await reader.read();
      if (step.done) return undefined;
      if (step.value instanceof InputsFailure) throw step.value.error;
      yield step.value;
    }
  } finally {
    stop.release();
    await reader.cancel().catch(() => undefined);
  }
}

/** The queue of results is the stream's own: it says when there is room for more. */
function resultStream(
  client: ManyClient,
  inputs: Inputs,
  { concurrency, perMinute, onResult, resumeFrom, ...limits }: AnyOptions & { concurrency: number },
  stop: LinkedAbort,
): ReadableStream<AnyResult | InputsFailure> {
  const { signal } = stop;
  const window = new StartWindow({
    concurrency,
    perWindow: perMinute ?? Number.POSITIVE_INFINITY,
    windowMs: MINUTE_MS,
  });
  const rule = new StartStop(limits, () => client.balance(signal));
  const run = new ManyRun({ client, resumeFrom, window, rule, stop });
  let makeRoom: (() => void) | undefined;
  const give = async (ending: () => Promise<AnyResult>, controller: ResultController): Promise<void> => {
    const result = await ending();
    if (!signal.aborted) {
      if (result.status === "rejected") rule.ended(result.status, true, result.error);
      else if (result.status === "fulfilled") rule.ended(result.status, !result.resumed);
      const heard = onResult?.(result);
      controller.enqueue(result);
      await heard;
    }
    window.leave();
  };
  const begin = async (controller: ResultController): Promise<void> => {
    // A list is told of to its end. What may be endless is read no further than it was when nothing starts any more.
    const stopReading = hasLength(inputs) ? undefined : rule.signal;
    let index = 0;
    for await (const input of untilStopped(inputs, stopReading)) {
      while ((controller.desiredSize ?? 0) <= 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          makeRoom = resolve;
        });
      }
      if (signal.aborted) return;
      await window.enter(signal);
      const ending = await run.begin(index++, input);
      give(ending, controller).catch((error: unknown) => stop.abort(error));
    }
  };
  const feed = async (controller: ResultController): Promise<void> => {
    await run.open();
    const failure = await begin(controller).catch((error: unknown) => new InputsFailure(error));
    // What is under way is paid for, also where the inputs fail.
    await window.idle(signal);
    if (failure !== undefined) controller.enqueue(failure);
  };
  return new ReadableStream<AnyResult | InputsFailure>(
    {
      start(controller) {
        signal.addEventListener("abort", () => {
          makeRoom?.();
          controller.error(abortReason(signal));
        });
        feed(controller).then(
          () => {
            if (!signal.aborted) controller.close();
          },
          (error: unknown) => stop.abort(error),
        );
      },
      pull: () => makeRoom?.(),
      cancel: () => stop.abort(new DOMException("The iteration was left.", "AbortError")),
    },
    { highWaterMark: 2 * concurrency },
  );
}

/** The items, until the signal aborts, also while the next one is waited for. */
async function* untilStopped(inputs: Inputs, signal: AbortSignal | undefined): AsyncGenerator<unknown, undefined> {
  const items = each(inputs);
  let isWaiting = false;
  try {
    while (signal?.aborted !== true) {
      isWaiting = true;
      const step = await (signal === undefined ? items.next() : withSignal(items.next(), signal));
      isWaiting = false;
      if (step.done === true) return undefined;
      yield step.value;
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  } finally {
    const left = items.return(undefined);
    // Behind the item that is waited for, which may never come.
    if (isWaiting) left.catch(() => undefined);
    else await left;
  }
  return undefined;
}

async function* each(inputs: Inputs): AsyncGenerator<unknown, undefined> {
  yield* inputs;
  return undefined;
}

function hasLength(inputs: object): boolean {
  return ["length", "size"].some((name) => typeof Reflect.get(inputs, name) === "number");
}

/** One text is a list of letters to JavaScript, and each letter would be a job that is paid for. */
function requireList(inputs: unknown): void {
  const isList =
    typeof inputs === "object" && inputs !== null && (Symbol.iterator in inputs || Symbol.asyncIterator in inputs);
  if (!isList) throw new InvalidArgumentError("generateMany: inputs must be a list, or anything that can be iterated.");
}

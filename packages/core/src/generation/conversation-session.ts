import { FlowithError } from "../errors/flowith-error.ts";
import { checkPrompt } from "../options-check.ts";
import type { Canvas } from "../resources/canvas.ts";
import { childPosition, FIRST_PROMPT } from "./canvas-position.ts";
import { type ConversationPoint, latestPoint } from "./history.ts";
import type { Message } from "./messages.ts";
import type { GenerationOutput, ImageOutput } from "./outputs.ts";
import type { GenerateOptions, ImageOptions } from "./verb-options.ts";

export interface ConversationOptions {
  /** Takes up an existing conversation with its history, at its newest answer. Default: a new one. */
  convId?: string | undefined;
  /** For text turns that name none. */
  model?: string | undefined;
  /** Goes with every turn. */
  system?: string | undefined;
}

/** What a turn may set; its place on the canvas and its history are the session's. */
export type SendOptions = Omit<GenerateOptions, "convId" | "parentId" | "messages" | "system">;
export type SendImageOptions = Omit<ImageOptions, "convId" | "parentId" | "messages">;

/** Where a turn goes and what it is told, for the verbs of the client. */
export interface TurnPlace {
  convId: string | undefined;
  parentId: string | undefined;
  position: { x: number; y: number } | undefined;
  messages: readonly Message[];
}

export interface ConversationVerbs {
  canvas: Canvas;
  generate(prompt: string, options: GenerateOptions, place: TurnPlace): Promise<GenerationOutput>;
  generateImage(prompt: string, options: ImageOptions, place: TurnPlace): Promise<ImageOutput>;
}

/**
 * A conversation that remembers: each turn is sent with all turns before it, and hangs under the last answer. Turns
 * queue up in the order of the calls. A turn that fails leaves no trace in what the next one is told.
 */
export class ConversationSession {
  readonly #verbs: ConversationVerbs;
  readonly #options: ConversationOptions;
  #convId: string | undefined;
  #point: ConversationPoint | undefined;
  #turn = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(verbs: ConversationVerbs, options: ConversationOptions) {
    this.#verbs = verbs;
    this.#options = options;
    this.#convId = options.convId;
  }

  /** Undefined until the first turn of a new conversation has been answered. */
  get convId(): string | undefined {
    return this.#convId;
  }

  get model(): string | undefined {
    return this.#options.model;
  }

  /** How many turns this session has had. */
  get turn(): number {
    return this.#turn;
  }

  /** One text turn. @throws what `generate` throws */
  send(prompt: string, options: SendOptions = {}): Promise<GenerationOutput> {
    checkPrompt("send", prompt);
    const { model, system } = this.#options;
    return this.#enqueue(options.signal, async (place) => {
      const output = await this.#verbs.generate(prompt, { model, system, ...options }, place);
      return { output, answer: { role: "assistant", content: output.text }, prompt };
    });
  }

  /** One picture, which later turns know of. @throws what `generateImage` throws */
  generateImage(prompt: string, options: SendImageOptions = {}): Promise<ImageOutput> {
    checkPrompt("generateImage", prompt);
    return this.#enqueue(options.signal, async (place) => {
      const output = await this.#verbs.generateImage(prompt, options, place);
      const content = output.images.map(({ url }) => ({ type: "image_url" as const, image_url: { url } }));
      return { output, answer: { role: "assistant", content }, prompt };
    });
  }

  #enqueue<Output extends { nodeId: string; convId: string }>(
    signal: AbortSignal | undefined,
    run: (place: TurnPlace) => Promise<{ output: Output; answer: Message; prompt: string }>,
  ): Promise<Output> {
    const turn = this.#queue.then(async () => {
      signal?.throwIfAborted();
      const point = await this.#currentPoint(signal);
      const position = point.position === undefined ? FIRST_PROMPT : childPosition(point.position);
      const place: TurnPlace = { convId: this.#convId, parentId: point.nodeId, position, messages: point.messages };
      const { output, answer, prompt } = await run(place).catch((error: unknown) => {
        // The conversation may be there although its first turn failed: the next one goes into it.
        if (FlowithError.is(error)) this.#convId ??= error.handle?.convId;
        throw error;
      });
      this.#convId = output.convId;
      this.#turn++;
      this.#point = {
        messages: [...point.messages, { role: "user", content: prompt }, answer],
        nodeId: output.nodeId,
        position: childPosition(position),
      };
      return output;
    });
    // The next turn starts after this one, whatever its end.
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #currentPoint(signal: AbortSignal | undefined): Promise<ConversationPoint> {
    if (this.#point !== undefined) return this.#point;
    const convId = this.#convId;
    const rows = convId === undefined ? [] : await this.#verbs.canvas.nodesOfConversation(convId, { signal });
    this.#point = latestPoint(rows);
    return this.#point;
  }
}

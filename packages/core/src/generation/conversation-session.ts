import { defined } from "../defined.ts";
import type { JobHandle } from "../job-handle.ts";
import type { JobOptions } from "../options.ts";
import { checkOptions, checkPrompt } from "../options-check.ts";
import type { Canvas } from "../rows/canvas.ts";
import { withSignal } from "../timing/with-signal.ts";
import { childPosition, FIRST_PROMPT, type Position, sibling } from "./canvas-position.ts";
import { type ConversationPoint, latestPoint } from "./history.ts";
import { type Message, userMessage } from "./messages.ts";
import type { GenerationOutput, ImageOutput } from "./outputs.ts";
import type { GenerateOptions, ImageOptions } from "./verb-options.ts";

export interface ConversationOptions {
  /** Takes up an existing conversation with its history, at its newest answer. Default: a new one. */
  convId?: string | undefined;
  /** For text turns that name none. */
  model?: string | undefined;
  /** Goes with every text turn. */
  system?: string | undefined;
}

/** What a turn may set; its place on the canvas and its history are the session's. */
export type SendOptions = Omit<GenerateOptions, "convId" | "parentId" | "messages" | "system" | "direct">;
export type SendImageOptions = Omit<ImageOptions, "convId" | "parentId" | "messages">;

/** Where a turn goes and what it is told, for the verbs of the client. */
export interface TurnPlace {
  convId: string | undefined;
  parentId: string | undefined;
  position: Position;
  messages: readonly Message[];
  /** Sees the turn's own message, with the pictures that were uploaded for it. */
  onMessage(message: Message): void;
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

  /** Undefined until the first turn of a new conversation has made it. */
  get convId(): string | undefined {
    return this.#convId;
  }

  get model(): string | undefined {
    return this.#options.model;
  }

  /** How many turns of this session have been answered. */
  get turn(): number {
    return this.#turn;
  }

  /** One text turn. @throws what `generate` throws */
  async send(prompt: string, options: SendOptions = {}): Promise<GenerationOutput> {
    checkPrompt("send", prompt);
    checkOptions("send", options);
    const { model, system } = this.#options;
    return this.#enqueue(prompt, options, async (place, turnOptions) => {
      const output = await this.#verbs.generate(prompt, { model, system, ...defined(turnOptions) }, place);
      return { output, answer: { role: "assistant", content: output.text } };
    });
  }

  /** One picture, which later turns know of. @throws what `generateImage` throws */
  async generateImage(prompt: string, options: SendImageOptions = {}): Promise<ImageOutput> {
    checkPrompt("session.generateImage", prompt);
    checkOptions("session.generateImage", options);
    return this.#enqueue(prompt, options, async (place, turnOptions) => {
      const output = await this.#verbs.generateImage(prompt, turnOptions, place);
      const content = output.images.map(({ url }) => ({ type: "image_url" as const, image_url: { url } }));
      return { output, answer: { role: "assistant", content } };
    });
  }

  #enqueue<Options extends JobOptions, Output extends { nodeId: string; convId: string }>(
    prompt: string,
    options: Options,
    run: (place: TurnPlace, options: Options) => Promise<{ output: Output; answer: Message }>,
  ): Promise<Output> {
    const { signal } = options;
    const turn = this.#queue.then(async () => {
      signal?.throwIfAborted();
      const point = await this.#currentPoint(signal);
      const first = point.position === undefined ? FIRST_PROMPT : childPosition(point.position);
      const position = sibling(first, point.children++);
      let question = userMessage(prompt, []);
      const place: TurnPlace = {
        convId: this.#convId,
        parentId: point.nodeId,
        position,
        messages: point.messages,
        onMessage: (message) => {
          question = message;
        },
      };
      // Known from here on: if this turn fails, the next one goes into the same conversation.
      const onSubmit = (handle: JobHandle): void | Promise<void> => {
        this.#convId ??= handle.convId;
        return options.onSubmit?.(handle);
      };
      const { output, answer } = await run(place, { ...options, onSubmit });
      this.#convId = output.convId;
      this.#turn++;
      this.#point = {
        messages: [...point.messages, question, answer],
        nodeId: output.nodeId,
        position: childPosition(position),
        children: 0,
      };
      return output;
    });
    // The next turn starts after this one, whatever its end.
    this.#queue = turn.catch(() => undefined);
    return withSignal(turn, signal);
  }

  async #currentPoint(signal: AbortSignal | undefined): Promise<ConversationPoint> {
    if (this.#point !== undefined) return this.#point;
    const convId = this.#convId;
    const rows = convId === undefined ? [] : await this.#verbs.canvas.nodesOfConversation(convId, { signal });
    this.#point = latestPoint(rows, convId ?? "");
    return this.#point;
  }
}

import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { childPosition, FIRST_PROMPT, type Position, sibling } from "../jobs/canvas-position.ts";
import type { JobNote } from "../jobs/job-note.ts";
import { type ImageOptions, type ImageOutput, imageTurnSchema } from "../kinds/image.ts";
import { type Message, userMessage } from "../kinds/messages.ts";
import type { PictureOptions } from "../kinds/prompt-pictures.ts";
import { type GenerateOptions, textTurnSchema } from "../kinds/text/text-options.ts";
import type { GenerationOutput } from "../kinds/text/text-output.ts";
import type { GenerationStream } from "../kinds/text/text-stream.ts";
import type { Shorten, Turn, TurnContext } from "../kinds/turn.ts";
import { type VideoOptions, type VideoOutput, videoTurnSchema } from "../kinds/video.ts";
import { defined } from "../options/defined.ts";
import type { CallOptions } from "../options/options.ts";
import { checkAgainst, checkCall, checkPrompt } from "../options/options-check.ts";
import type { Canvas } from "../rows/canvas.ts";
import type { UnderWay } from "../timing/under-way.ts";
import { type TitleTools, titleInBackground } from "./auto-title.ts";
import type { ConversationOptions } from "./conversation-options.ts";
import { type ConversationPoint, latestPoint, mediaMessage, pointAt } from "./history.ts";
import { countOmitted, shortening } from "./trimming.ts";
import { TurnQueue } from "./turn-queue.ts";

/** What a turn may set; its place on the canvas and its history are the session's. */
export type SendOptions = Omit<GenerateOptions, "convId" | "parentId" | "messages" | "system" | "direct">;
/** What a picture of a session may set; its place on the canvas and its history are the session's. */
export type SendImageOptions = Omit<ImageOptions, "convId" | "parentId" | "messages">;
/** What a clip of a session may set; its place on the canvas is the session's. */
export type SendVideoOptions = Omit<VideoOptions, "convId" | "parentId">;

export interface ConversationVerbs extends TitleTools {
  canvas: Canvas;
  /** Where turns are kept from when they queue up until they leave, so that they end with the client. */
  turns: UnderWay;
  deleteConversation(convId: string, options: CallOptions): Promise<void>;
  /** The options as they are to stand for a call, however late its turn comes. */
  own<Options extends JobNote & PictureOptions>(options: Options): Options;
  generateStream(prompt: string, options: GenerateOptions, turn: Turn<GenerationOutput>): GenerationStream;
  generateImage(prompt: string, options: ImageOptions, context: TurnContext): Promise<ImageOutput>;
  generateVideo(prompt: string, options: VideoOptions, context: TurnContext): Promise<VideoOutput>;
}

/**
 * A conversation that remembers: each turn is sent with all turns before it, and hangs under the last answer. Turns
 * queue up in the order of the calls. A turn that fails or is left leaves no trace in what the next one is told. Of a long
 * one, `maxTurns`, `maxCharacters` or `trim` say how much is sent.
 * @example
 * const session = flowith.startConversation({ model: "gpt-4.1-nano" });
 * await session.send("My name is Alice.");
 * const { text } = await session.send("What is my name?");
 */
export class ConversationSession {
  readonly #verbs: ConversationVerbs;
  readonly #options: ConversationOptions;
  readonly #shorten: Shorten | undefined;
  readonly #queue: TurnQueue = new TurnQueue();
  #convId: string | undefined;
  /** Where the first turn is to go, if not under the newest answer. */
  #startId: string | undefined;
  #point: ConversationPoint | undefined;
  #turn = 0;
  /** Whether the conversation is, or will be, of this session's making and without a title of its own so far. */
  #isToBeTitled: boolean;
  #endTitle: () => void = () => undefined;

  constructor(verbs: ConversationVerbs, options: ConversationOptions, startId?: string) {
    this.#verbs = verbs;
    this.#options = options;
    this.#shorten = shortening(options);
    this.#convId = options.convId;
    this.#startId = startId;
    this.#isToBeTitled = options.autoTitle === true && options.convId === undefined;
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

  /**
   * One text turn.
   * @throws what `generate` throws
   * @example
   * const session = flowith.startConversation();
   * const { text } = await session.send("Name a city.");
   */
  async send(prompt: string, options: SendOptions = {}): Promise<GenerationOutput> {
    return this.#stream("session.send", prompt, options).output;
  }

  /**
   * One text turn, given out as it is written. It takes its place in the queue at the first pull, or when `output` is
   * asked for; the next turn waits until it has ended, or was left by `break` or `cancel()`.
   * @throws InvalidArgumentError at once; iterating it throws what `generate` throws
   * @example
   * const session = flowith.startConversation();
   * for await (const chunk of session.sendStream("Name a city.")) console.log(chunk.textDelta);
   */
  sendStream(prompt: string, options: SendOptions = {}): GenerationStream {
    return this.#stream("session.sendStream", prompt, options);
  }

  /**
   * One picture, which later turns know of.
   * @throws what `generateImage` throws
   * @example
   * const session = flowith.startConversation();
   * const { image } = await session.generateImage("A ripe banana");
   * await session.send("What did you draw?");
   */
  async generateImage(prompt: string, options: SendImageOptions = {}): Promise<ImageOutput> {
    checkPrompt("session.generateImage", prompt);
    checkAgainst("session.generateImage", imageTurnSchema, options);
    const answer = ({ images }: ImageOutput): Message => mediaMessage(images.map(({ url }) => url));
    return this.#mediaTurn(prompt, options, answer, async (...call) => {
      const output = await this.#verbs.generateImage(...call);
      return { ...output, ...defined({ omittedMessages: call[2].omittedMessages() }) };
    });
  }

  /**
   * One clip, which later turns know of by its URL.
   * @throws what `generateVideo` throws
   * @example
   * const session = flowith.startConversation();
   * const { videoUrl } = await session.generateVideo("A cat on a beach");
   */
  async generateVideo(prompt: string, options: SendVideoOptions = {}): Promise<VideoOutput> {
    checkPrompt("session.generateVideo", prompt);
    checkAgainst("session.generateVideo", videoTurnSchema, options);
    const answer = ({ videoUrl }: VideoOutput): Message => ({ role: "assistant", content: videoUrl });
    return this.#mediaTurn(prompt, options, answer, this.#verbs.generateVideo);
  }

  /**
   * What the next turn is told: a copy of the turns so far. Waits for those under way.
   * @example
   * const session = flowith.startConversation({ convId });
   * const title = await flowith.generateTitle(await session.history());
   */
  async history(options: CallOptions = {}): Promise<Message[]> {
    checkCall("session.history", options);
    return this.#betweenTurns(options, async (own) => {
      const { messages } = await this.#currentPoint(own);
      return structuredClone(messages);
    });
  }

  /**
   * Another session of the same conversation, whose next turn hangs under the given answer and knows only what led
   * there; under a prompt, it goes beside that prompt. This session stays as it is. Makes no request by itself.
   * @throws InvalidArgumentError before the first turn; NotFoundError from the first turn for a node that is not there
   * @example
   * const session = flowith.startConversation({ convId });
   * const { text } = await session.fork(nodeId).send("And another way?");
   */
  fork(nodeId: string): ConversationSession {
    if (typeof nodeId !== "string" || nodeId === "")
      throw new InvalidArgumentError("session.fork: expected a node's id.");
    if (this.#convId === undefined)
      throw new InvalidArgumentError("session.fork: the conversation has no turn yet. Send one, or pass convId.");
    return forkOf(this.#verbs, { ...this.#options, convId: this.#convId }, nodeId);
  }

  /**
   * Deletes the conversation, after the turns that are under way; the next turn begins a new one. Before the first turn
   * there is nothing to delete, and no request is made.
   * @throws NotFoundError where it is gone already, or not this user's
   * @example
   * const session = flowith.startConversation();
   * await session.send("Just a test.");
   * await session.delete();
   */
  async delete(options: CallOptions = {}): Promise<void> {
    checkCall("session.delete", options);
    await this.#betweenTurns(options, async (own) => {
      this.#endTitle();
      if (this.#convId !== undefined) await this.#verbs.deleteConversation(this.#convId, own);
      this.#convId = undefined;
      this.#startId = undefined;
      this.#point = undefined;
      this.#turn = 0;
      this.#isToBeTitled = this.#options.autoTitle === true;
    });
  }

  async #betweenTurns<T>(options: CallOptions, work: (own: CallOptions) => Promise<T>): Promise<T> {
    const { signal, release } = this.#verbs.turns.begin(options.signal);
    try {
      const leave = await this.#queue.enter(signal);
      return await work({ ...options, signal }).finally(leave);
    } finally {
      release();
    }
  }

  #stream(of: "session.send" | "session.sendStream", prompt: string, options: SendOptions): GenerationStream {
    checkPrompt(of, prompt);
    checkAgainst(of, textTurnSchema, options);
    const { model, system } = this.#options;
    const turn = this.#newTurn<GenerationOutput>(prompt, ({ text }) => ({ role: "assistant", content: text }));
    return this.#verbs.generateStream(prompt, { model, system, ...defined(options) }, turn);
  }

  async #mediaTurn<Options extends CallOptions & JobNote & PictureOptions, Output extends TurnOutput>(
    prompt: string,
    options: Options,
    answer: (output: Output) => Message,
    run: (prompt: string, options: Options, context: TurnContext) => Promise<Output>,
  ): Promise<Output> {
    const turn = this.#newTurn(prompt, answer);
    const own = this.#verbs.own(options);
    let output: Output | undefined;
    try {
      output = await run(prompt, own, await turn.enter(own.signal));
      return output;
    } finally {
      turn.leave(output);
    }
  }

  #newTurn<Output extends TurnOutput>(prompt: string, answer: (output: Output) => Message): Turn<Output> {
    let question = userMessage(prompt, []);
    let omitted: number | undefined;
    const shorten = this.#shorten;
    let inside: { point: ConversationPoint; position: Position; leave: () => void } | undefined;
    return {
      enter: async (callers) => {
        const { signal, release } = this.#verbs.turns.begin(callers);
        let leave = release;
        try {
          const next = await this.#queue.enter(signal);
          leave = () => {
            release();
            next();
          };
          const point = await this.#currentPoint({ signal });
          const first = point.position === undefined ? FIRST_PROMPT : childPosition(point.position);
          const position = sibling(first, point.children++);
          inside = { point, position, leave };
          return {
            convId: this.#convId,
            parentId: point.nodeId,
            position,
            messages: point.messages,
            shorten:
              shorten &&
              (async (messages) => {
                const kept = await shorten(messages);
                omitted = countOmitted(messages, kept) || undefined;
                return kept;
              }),
            omittedMessages: () => omitted,
            signal,
            onMessage: (message) => {
              question = message;
            },
            // Known from here on: if this turn fails, the next one goes into the same conversation.
            onSubmit: ({ convId }) => {
              this.#convId ??= convId;
            },
          };
        } catch (error) {
          leave();
          throw error;
        }
      },
      leave: (output) => {
        if (inside === undefined) return;
        const { point, position, leave } = inside;
        inside = undefined;
        if (output !== undefined) {
          this.#convId = output.convId;
          this.#turn++;
          const said = [question, answer(output)];
          this.#point = {
            messages: [...point.messages, ...said],
            nodeId: output.nodeId,
            position: childPosition(position),
            children: 0,
          };
          if (this.#isToBeTitled) {
            this.#isToBeTitled = false;
            this.#endTitle = titleInBackground(this.#verbs, output.convId, said);
          }
        }
        leave();
      },
    };
  }

  async #currentPoint(options: CallOptions): Promise<ConversationPoint> {
    if (this.#point !== undefined) return this.#point;
    const convId = this.#convId;
    const rows = convId === undefined ? [] : await this.#verbs.canvas.nodesOfConversation(convId, options);
    this.#point =
      this.#startId === undefined ? latestPoint(rows, convId ?? "") : pointAt(rows, convId ?? "", this.#startId);
    return this.#point;
  }
}

interface TurnOutput {
  nodeId: string;
  convId: string;
}

// Outside of the class: the bundler renames one that names itself, and it would print as `_ConversationSession`.
function forkOf(verbs: ConversationVerbs, options: ConversationOptions, nodeId: string): ConversationSession {
  return new ConversationSession(verbs, options, nodeId);
}

import {
  AuthenticationError,
  ConnectionError,
  type ConversationSession,
  type Flowith,
  FlowithError,
  type GenerationOutput,
  type JobHandle,
} from "flowith-webapi";
import { createStore, type Store } from "../client/store.ts";
import { type ConversationState, liveTurns } from "./conversation-state.ts";
import { createDraft } from "./draft.ts";
import type { Question } from "./question.ts";
import { Ticker } from "./ticker.ts";
import type { Turn } from "./turn.ts";
import { newestBelow, turnTree } from "./turn-tree.ts";
import { turnsFromNodes } from "./turns-from-nodes.ts";

/** What others are told of a conversation. */
export interface ConversationEvents {
  /** It is at the service now. */
  onMade(convId: string): void;
  /** An answer has ended: credits and titles may have changed. */
  onTurnEnd(): void;
}

/** A conversation with all of its branches, and the answers to it that are being written, however many. */
export class Conversation {
  /** Names it in this page, also before it has an id. */
  readonly key: string = crypto.randomUUID();
  readonly store: Store<ConversationState>;
  /** The question that is being typed: it outlives a look at another view. */
  readonly draft: Store<string>;
  readonly #flowith: Flowith;
  readonly #events: ConversationEvents;
  readonly #stops = new Map<string, AbortController>();
  readonly #ticker = new Ticker();

  constructor(flowith: Flowith, convId: string | undefined, events: ConversationEvents) {
    this.#flowith = flowith;
    this.#events = events;
    this.draft = createDraft(convId ?? "new");
    this.store = createStore<ConversationState>({
      convId,
      turns: new Map(),
      activeKey: undefined,
      load: convId === undefined ? "loaded" : "none",
    });
  }

  /** Reads it, unless it was read or is written just now. */
  async load(): Promise<void> {
    const { convId, load } = this.store.get();
    if (convId === undefined || load === "loading" || load === "loaded") return;
    this.#set({ load: "loading", problem: undefined });
    try {
      const turns = turnsFromNodes(convId, await this.#flowith.conversations.nodes(convId));
      // Nothing in it, or not there at all, which is then said.
      if (turns.length === 0) await this.#flowith.conversations.get(convId);
      this.#set({
        turns: new Map(turns.map((turn) => [turn.key, turn])),
        activeKey: turns.at(-1)?.key,
        load: "loaded",
      });
      await this.#resumePending();
    } catch (problem) {
      this.#set({ load: "failed", problem });
    }
  }

  /** Reads it anew, and keeps what is written just now. */
  async reload(): Promise<void> {
    if (liveTurns(this.store.get()).length > 0) return;
    this.#set({ load: "none" });
    await this.load();
  }

  /** Reads the branch that a turn is on. */
  choose(key: string): void {
    this.#set({ activeKey: newestBelow(turnTree(this.store.get().turns.values()), key) });
  }

  /** Reads up to a turn, so that the next question goes on from there. */
  goOnFrom(key: string): void {
    this.#set({ activeKey: key });
  }

  /** Asks under a turn; without one, at the beginning. Ends when the answer has. */
  async ask(question: Question, parentKey: string | undefined): Promise<void> {
    const key = crypto.randomUUID();
    const { text, pictures, model } = question;
    this.#put({ ...blank, key, parentKey, prompt: text, pictures, model });
    this.#set({ activeKey: key });
    await this.#run(key, (signal) => {
      const session = this.#sessionUnder(parentKey);
      return session.sendStream(text, {
        model,
        images: [...pictures],
        signal,
        onSubmit: (handle) => this.#submitted(key, handle),
      });
    });
  }

  /** Asks the same once more, beside the first time. */
  async askAgain(key: string): Promise<void> {
    const turn = this.store.get().turns.get(key);
    if (turn === undefined) return;
    await this.ask({ text: turn.prompt, pictures: turn.pictures, model: turn.model }, turn.parentKey);
  }

  /** Ends the wait for an answer; the service may go on writing it. */
  stop(key: string): void {
    this.#stops.get(key)?.abort();
  }

  /** Fetches what the service has written after a stop, or after the connection was lost. */
  async fetchRest(key: string): Promise<void> {
    const { handle } = this.store.get().turns.get(key) ?? {};
    if (handle === undefined) return;
    this.#change(key, { state: "waiting", problem: undefined });
    await this.#within(key, async (signal) => {
      const output = await this.#flowith.resume(handle).wait({ signal });
      if ("text" in output) this.#done(key, output);
    });
  }

  /** Goes on with what a lost connection has cut off. */
  recover(): void {
    const { load, turns } = this.store.get();
    if (load === "failed") void this.load();
    for (const { key, state, problem, handle } of turns.values()) {
      if (state === "failed" && handle !== undefined && ConnectionError.is(problem)) void this.fetchRest(key);
    }
  }

  /** Ends what is under way. */
  close(): void {
    for (const stop of this.#stops.values()) stop.abort();
    this.#ticker.stop();
  }

  /** Waits for answers that this page was writing when it was left or loaded anew. */
  async #resumePending(): Promise<void> {
    const unended = [...this.store.get().turns.values()].filter(({ state }) => state === "unknown");
    if (unended.length === 0) return;
    const jobs = await this.#flowith.jobs.pending({ kind: "text" });
    for (const { handle } of jobs) {
      const turn = unended.find(({ answerId }) => answerId === handle.nodeId);
      if (turn === undefined) continue;
      this.#change(turn.key, { handle });
      void this.fetchRest(turn.key);
    }
  }

  async #run(
    key: string,
    start: (signal: AbortSignal) => ReturnType<ConversationSession["sendStream"]>,
  ): Promise<void> {
    await this.#within(key, async (signal) => {
      const stream = start(signal);
      for await (const { text, reasoning } of stream) {
        // What is written is shown a few times a second, however often it comes.
        this.#ticker.at(key, () => this.#change(key, { text, reasoning, state: "writing" }));
      }
      this.#done(key, await stream.output);
    });
  }

  async #within(key: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const stop = new AbortController();
    this.#stops.set(key, stop);
    try {
      await work(stop.signal);
    } catch (problem) {
      this.#ticker.flush(key);
      if (stop.signal.aborted) this.#change(key, { state: "stopped" });
      else this.#failed(key, problem);
    } finally {
      this.#stops.delete(key);
      this.#events.onTurnEnd();
    }
  }

  #done(key: string, { text, reasoning, nodeId, model }: GenerationOutput): void {
    this.#ticker.drop(key);
    this.#change(key, { text, reasoning, answerId: nodeId, model, state: "done", problem: undefined });
  }

  #failed(key: string, problem: unknown): void {
    const { handle } = FlowithError.is(problem) ? problem : {};
    // Who has to sign in anew finds the question in the field again.
    const question = this.store.get().turns.get(key)?.prompt ?? "";
    if (AuthenticationError.is(problem)) this.draft.set((draft) => draft || question);
    this.#change(key, { state: "failed", problem, ...(handle && { handle }) });
  }

  #submitted(key: string, handle: JobHandle): void {
    this.#change(key, { handle, promptId: handle.userNodeId, answerId: handle.nodeId });
    if (this.store.get().convId !== undefined) return;
    this.#set({ convId: handle.convId });
    this.#events.onMade(handle.convId);
  }

  #sessionUnder(parentKey: string | undefined): ConversationSession {
    const { convId, turns } = this.store.get();
    if (convId === undefined) return this.#flowith.startConversation({ autoTitle: true });
    const session = this.#flowith.startConversation({ convId });
    const parent = turns.get(parentKey ?? "");
    if (parent !== undefined) return session.fork(parent.answerId ?? parent.promptId ?? "");
    // Beside another first prompt, if there is one that the service has.
    const first = [...turns.values()].find((turn) => turn.parentKey === undefined && turn.promptId !== undefined);
    return first?.promptId === undefined ? session : session.fork(first.promptId);
  }

  #put(turn: Turn): void {
    this.store.set((state) => ({ ...state, turns: new Map(state.turns).set(turn.key, turn) }));
  }

  #change(key: string, change: Partial<Turn>): void {
    const turn = this.store.get().turns.get(key);
    if (turn !== undefined) this.#put({ ...turn, ...change });
  }

  #set(change: Partial<ConversationState>): void {
    this.store.set((state) => ({ ...state, ...change }));
  }
}

const blank: Omit<Turn, "key" | "parentKey" | "prompt" | "pictures" | "model"> = {
  promptId: undefined,
  answerId: undefined,
  kind: "text",
  text: "",
  reasoning: "",
  aspectRatio: undefined,
  state: "waiting",
};

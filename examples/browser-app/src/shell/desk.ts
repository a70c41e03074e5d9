import type { ConversationRecord, CreditBalance, Flowith, ModelInfo } from "flowith-webapi";
import { createContext, use } from "react";
import { Conversation } from "../chat/conversation.ts";
import { liveTurns } from "../chat/conversation-state.ts";
import { Reader } from "../client/reading.ts";
import { createStore, type Store } from "../client/store.ts";
import { Gallery } from "../gallery/gallery.ts";
import { Inputs } from "../inputs/inputs.ts";

const LISTED = 100;
/** A title that takes longer is shown with the next reading of the list. */
const TITLE_WAITS_MS = [1_000, 2_000, 4_000];

/** All that a user has open, whichever view is shown: answers are written on while another one is read. */
export class Desk {
  readonly inputs: Inputs;
  readonly list: Reader<ConversationRecord[]>;
  readonly credits: Reader<CreditBalance>;
  readonly models: Reader<ModelInfo[]>;
  readonly gallery: Gallery;
  /** Who is to answer; undefined leaves it to the SDK. */
  readonly textModel: Store<string | undefined> = createStore<string | undefined>(undefined);
  readonly #flowith: Flowith;
  readonly #open = new Map<string, Conversation>();
  #fresh: Conversation | undefined;
  #isClosed = false;
  #onMade: (convId: string) => void = () => undefined;

  constructor(flowith: Flowith) {
    this.#flowith = flowith;
    this.inputs = new Inputs(flowith);
    this.list = new Reader(() => flowith.conversations.list({ limit: LISTED }));
    this.credits = new Reader(() => flowith.account.balance());
    this.models = new Reader(() => flowith.models.list({ description: true }));
    this.gallery = new Gallery(flowith, () => this.#ended());
  }

  /** The conversation of this id, or the one that is to be begun. */
  conversation(convId: string | undefined): Conversation {
    if (convId === undefined) {
      this.#fresh ??= this.#make(undefined);
      return this.#fresh;
    }
    const known = this.#open.get(convId);
    if (known !== undefined) return known;
    const opened = this.#make(convId);
    this.#open.set(convId, opened);
    return opened;
  }

  /** Reads what every view needs. */
  start(): void {
    this.#isClosed = false;
    void this.list.load();
    void this.credits.load();
    void this.models.load();
    void this.gallery.loadPending();
  }

  /** Told when the conversation that was begun last is at the service. */
  whenMade(onMade: (convId: string) => void): void {
    this.#onMade = onMade;
  }

  /** Fetches what could not be read or was cut off while there was no connection. */
  isBackOnline(): void {
    this.start();
    for (const conversation of this.#open.values()) conversation.recover();
  }

  /** With what a conversation that is open here begins. */
  firstPrompt(convId: string): string | undefined {
    const { turns } = this.#open.get(convId)?.store.get() ?? {};
    return turns?.values().next().value?.prompt;
  }

  isWriting(convId: string): boolean {
    const conversation = this.#open.get(convId);
    return conversation !== undefined && liveTurns(conversation.store.get()).length > 0;
  }

  forget(convId: string): void {
    this.#open.get(convId)?.close();
    this.#open.delete(convId);
  }

  close(): void {
    this.#isClosed = true;
    for (const conversation of [...this.#open.values(), this.#fresh]) conversation?.close();
    this.inputs.close();
    this.gallery.close();
  }

  #make(convId: string | undefined): Conversation {
    const made: Conversation = new Conversation(this.#flowith, convId, {
      onMade: (id) => {
        this.#open.set(id, made);
        const isFresh = made === this.#fresh;
        if (isFresh) this.#fresh = undefined;
        void this.list.load();
        if (isFresh) this.#onMade(id);
      },
      onTurnEnd: () => this.#ended(made.store.get().convId),
    });
    return made;
  }

  /** A first answer is behind; the title of its conversation is made after that, in the background. */
  #ended(convId?: string): void {
    void this.credits.load();
    void this.#loadList(convId);
  }

  async #loadList(convId: string | undefined): Promise<void> {
    await this.list.load();
    for (const waitMs of TITLE_WAITS_MS) {
      const record = this.list.store.get().value?.find((one) => one.convId === convId);
      if (convId === undefined || this.#isClosed || record?.title) return;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      await this.list.load();
    }
  }
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (desk === undefined) throw new Error("There is no desk above this component.");
  return desk;
}

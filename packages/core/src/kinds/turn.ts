import type { JobHandle } from "../errors/job-handle.ts";
import type { Position } from "../jobs/canvas-position.ts";
import type { Message } from "./messages.ts";

/** What is sent of a turn's messages, the prompt at their end. */
export type Shorten = (messages: readonly Message[]) => Promise<Message[]>;

/** Where a turn goes and what it is told, for the verbs of the client. */
export interface TurnContext {
  convId: string | undefined;
  parentId: string | undefined;
  position: Position;
  /** Of the turns before it. */
  messages: readonly Message[];
  /** Undefined where all is sent. */
  shorten: Shorten | undefined;
  /** How many messages `shorten` has left out; undefined for none. */
  omittedMessages(): number | undefined;
  /** Aborts where the turn has ended: with the client, it may be before its job has begun. */
  signal: AbortSignal;
  /** Sees the turn's own message, with the pictures that were uploaded for it. */
  onMessage(message: Message): void;
  /** Called before the post. */
  onSubmit(handle: JobHandle): void;
}

/** One turn of a conversation: waits for its place, and then holds it. */
export interface Turn<Output> {
  enter(signal: AbortSignal | undefined): Promise<TurnContext>;
  /** Lets the next turn in; without an output this one leaves no trace. Does nothing where it was not in. */
  leave(output?: Output): void;
}

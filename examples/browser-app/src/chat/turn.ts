import type { JobHandle } from "flowith-webapi";

/** A prompt and one answer to it. A prompt that was answered twice is two turns, side by side. */
export interface Turn {
  /** Names it in this page. */
  key: string;
  /** The turn that it goes on from; undefined for the first of a conversation. */
  parentKey: string | undefined;
  prompt: string;
  /** Pictures that went along: their URLs. Only known to the page that sent them. */
  pictures: readonly string[];
  promptId: string | undefined;
  answerId: string | undefined;
  kind: "text" | "image" | "video";
  /** The answer as far as it is written; of a picture or clip, its URL. */
  text: string;
  reasoning: string;
  model: string | undefined;
  /** Width by height, such as `16:9`, of a picture or clip. */
  aspectRatio: string | undefined;
  state: TurnState;
  problem?: unknown;
  /** By which what the service goes on writing can be fetched. */
  handle?: JobHandle;
}

/** `unknown`: the service has not said how it ended; somebody else may be writing it. */
export type TurnState = "waiting" | "writing" | "done" | "stopped" | "failed" | "unknown";

export function isLive({ state }: Turn): boolean {
  return state === "waiting" || state === "writing";
}

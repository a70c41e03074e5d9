import { isLive, type Turn } from "./turn.ts";

/** What is shown of a conversation. */
export interface ConversationState {
  convId: string | undefined;
  turns: ReadonlyMap<string, Turn>;
  /** The end of the branch that is read. */
  activeKey: string | undefined;
  load: "none" | "loading" | "loaded" | "failed";
  problem?: unknown;
}

/** The turns of a conversation that are being written. */
export function liveTurns({ turns }: ConversationState): Turn[] {
  return [...turns.values()].filter(isLive);
}

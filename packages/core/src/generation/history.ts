import { isHttpUrl, type NodeRow, rowState } from "../wire/node-row.ts";
import type { Position } from "./canvas-position.ts";
import type { Message } from "./messages.ts";
import { splitReasoning } from "./reasoning-splitter.ts";

/** Where a conversation stands: what has been said, and what the next turn hangs under. */
export interface ConversationPoint {
  messages: Message[];
  /** The last answer, or undefined at the root. */
  nodeId: string | undefined;
  position: Position | undefined;
  /** How many prompts hang there already, such as those of turns that failed. */
  children: number;
}

/** Where an existing conversation stands: at its newest answer, with the chain of turns that led there. */
export function latestPoint(rows: readonly NodeRow[], convId: string): ConversationPoint {
  const answers = rows.filter((row) => row.type === "2" && isUsable(row));
  const last = answers[answers.length - 1];
  const parentId = last?.id ?? convId;
  const children = rows.filter((row) => row.type === "1" && row.parentId === parentId).length;
  if (last === undefined) return { messages: [], nodeId: undefined, position: undefined, children };
  return { messages: ancestorMessages(rows, last.id), nodeId: last.id, position: last.position, children };
}

/**
 * The turns from the root to a node, by `p_id` and never by time (wire 2.1). Failed and unfinished answers, drafts and
 * comments are left out; orphans and circles just end the chain.
 */
function ancestorMessages(rows: readonly NodeRow[], nodeId: string): Message[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const seen = new Set<string>();
  const messages: Message[] = [];
  for (let row = byId.get(nodeId); row !== undefined && !seen.has(row.id); row = byId.get(row.parentId ?? "")) {
    seen.add(row.id);
    const message = messageOf(row);
    if (message !== undefined) messages.unshift(message);
  }
  return messages;
}

function messageOf(row: NodeRow): Message | undefined {
  const { value } = row.data;
  if (value === undefined) return undefined;
  if (row.type === "1") return { role: "user", content: value };
  if (row.type !== "2" || !isUsable(row)) return undefined;
  if (isHttpUrl(value) && !/\s/.test(value.trim())) {
    return { role: "assistant", content: [{ type: "image_url", image_url: { url: value.trim() } }] };
  }
  return { role: "assistant", content: splitReasoning(value).text };
}

/** Finished and not failed. A text that only begins with a URL may be in the middle; a picture's value is never partial. */
function isUsable(row: NodeRow): boolean {
  return row.data.value !== undefined && rowState(row, row.data.isImage === true ? "media" : "text").state === "done";
}

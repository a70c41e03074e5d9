import { NotFoundError } from "../errors/not-found-error.ts";
import type { Position } from "../jobs/canvas-position.ts";
import { type Message, pictureParts } from "../kinds/messages.ts";
import { splitReasoning } from "../kinds/text/reasoning-splitter.ts";
import { excerpt } from "../text/excerpt.ts";
import { isHttpUrl, type NodeRow, rowState } from "../wire/node-row.ts";

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
  return pointUnder(rows, convId, answers[answers.length - 1]);
}

/** At a given answer; at a prompt's id, where that prompt hangs. @throws NotFoundError */
export function pointAt(rows: readonly NodeRow[], convId: string, nodeId: string): ConversationPoint {
  const named = rows.find((row) => row.id === nodeId);
  if (named === undefined) {
    throw new NotFoundError(
      `The conversation ${excerpt(convId)} has no node ${excerpt(nodeId)}, or it was deleted. conversations.nodes() lists them.`,
      { status: 404, headers: new Headers(), body: null },
    );
  }
  return pointUnder(rows, convId, named.type === "1" ? rows.find((row) => row.id === named.parentId) : named);
}

function pointUnder(rows: readonly NodeRow[], convId: string, parent: NodeRow | undefined): ConversationPoint {
  const parentId = parent?.id ?? convId;
  const children = rows.filter((row) => row.type === "1" && row.parentId === parentId).length;
  if (parent === undefined) return { messages: [], nodeId: undefined, position: undefined, children };
  return { messages: ancestorMessages(rows, parent.id), nodeId: parent.id, position: parent.position, children };
}

/** Everything but pictures; what has no such ending is taken for one, since pictures often have none. */
const OTHER_MEDIA_NAME = /\.(mp4|webm|mov|m4v|mp3|wav|ogg|m4a|flac|glb)$/i;

/** Media as an answer in a history: pictures as parts; any other URL as text, since no model takes it for a picture. */
export function mediaMessage(urls: readonly string[]): Message {
  const [first = ""] = urls;
  const isOther = URL.canParse(first) && OTHER_MEDIA_NAME.test(new URL(first).pathname);
  return { role: "assistant", content: isOther ? first : pictureParts(urls) };
}

/**
 * The turns from the root to a node, by `p_id` and never by time (wire 2.1). Failed and unfinished answers, drafts and
 * comments are left out (wire 8); orphans and circles just end the chain.
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
  if (isHttpUrl(value) && !/\s/.test(value.trim())) return mediaMessage([value.trim()]);
  return { role: "assistant", content: splitReasoning(value).text };
}

/** Finished and not failed. A text that only begins with a URL may be in the middle; a picture's value is never partial. */
function isUsable(row: NodeRow): boolean {
  return row.data.value !== undefined && rowState(row, row.data.isImage === true ? "media" : "text").state === "done";
}

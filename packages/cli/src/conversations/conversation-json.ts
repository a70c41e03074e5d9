import type { ConversationRecord, FlowNode } from "flowith-webapi";
import { type IsOwnHost, mediaOf } from "./node-media.ts";
import { nodeState } from "./node-state.ts";

/** `{ id, title, createdAt, updatedAt, projectId }` */
export interface ConversationJson {
  id: string;
  title: string | null;
  createdAt: string | null;
  updatedAt: string | null;
  projectId: string | null;
}

export function conversationJson(record: ConversationRecord): ConversationJson {
  const { convId, title, createdAt, updatedAt, projectId } = record;
  return {
    id: convId,
    title: title ?? null,
    createdAt: createdAt ?? null,
    updatedAt: updatedAt ?? null,
    projectId: projectId ?? null,
  };
}

/** `role` is `user`, `assistant` or `note`; `file` is there in an export only. */
export interface NodeJson {
  id: string;
  parentId: string | null;
  role: "user" | "assistant" | "note";
  state: string | null;
  model: string | null;
  text: string;
  createdAt: string | null;
  media: { url: string; file?: string | null }[];
}

const roles: Partial<Record<string, NodeJson["role"]>> = { 1: "user", 2: "assistant" };

export function roleOf({ type }: FlowNode): NodeJson["role"] {
  return roles[type] ?? "note";
}

/** @param fileOf where an export keeps a medium, or null where it could not be had */
export function nodeJson(node: FlowNode, isOwn: IsOwnHost, fileOf?: (url: string) => string | null): NodeJson {
  return {
    id: node.id,
    parentId: node.parentId,
    role: roleOf(node),
    state: nodeState(node) ?? null,
    model: node.model ?? null,
    text: node.text,
    createdAt: node.createdAt ?? null,
    media: mediaOf(node, isOwn).map(({ url }) => (fileOf === undefined ? { url } : { url, file: fileOf(url) })),
  };
}

import { access } from "node:fs/promises";
import { join } from "node:path";
import type { ConversationRecord, Flowith } from "flowith-webapi";
import { makeFolder } from "../../disk/make-folder.ts";
import { branchesOf, nodesOf } from "../branches.ts";
import { conversationJson, nodeJson } from "../conversation-json.ts";
import { conversationMarkdown } from "../conversation-markdown.ts";
import { ownHosts } from "../node-media.ts";
import { type ExportFormat, type ExportRecord, writeExportRecord } from "./export-record.ts";
import type { Place } from "./export-shelf.ts";
import { type MissingMedia, saveMedia } from "./save-media.ts";
import { diskError, writeWhole } from "./write-whole.ts";

export interface ExportOptions {
  client: Flowith;
  format: ExportFormat;
  /** Fetches all media anew. */
  isForced: boolean;
  signal: AbortSignal;
}

export interface ExportedConversation {
  mediaCount: number;
  missing: MissingMedia[];
}

const DOCUMENTS: Record<ExportFormat, readonly string[]> = {
  markdown: ["conversation.md"],
  json: ["conversation.json"],
  both: ["conversation.md", "conversation.json"],
};

/** Whether an earlier export has all that one of now would have. */
export async function isUpToDate(
  place: Place,
  { updatedAt }: ConversationRecord,
  format: ExportFormat,
): Promise<boolean> {
  const { before, path } = place;
  if (before === undefined || !before.isComplete || before.format !== format) return false;
  if (!updatedAt || before.updatedAt !== updatedAt) return false;
  const files = [...DOCUMENTS[format], ...Object.values(before.media).map(({ file }) => file)];
  const found = await Promise.allSettled(files.map((file) => access(join(path, file))));
  return found.every(({ status }) => status === "fulfilled");
}

/**
 * Writes a conversation with all its branches into its folder. The record of it goes first and last, so that a folder that
 * was left in the middle is known as what it is; each file appears when it is whole.
 */
export async function exportConversation(
  record: ConversationRecord,
  { path, before }: Place,
  { client, format, isForced, signal }: ExportOptions,
): Promise<ExportedConversation> {
  const tree = await client.conversations.tree(record.convId, { signal });
  const nodes = [...nodesOf(tree)];
  const state: ExportRecord = {
    id: record.convId,
    updatedAt: record.updatedAt ?? null,
    format,
    isComplete: false,
    media: before?.media ?? {},
  };
  try {
    await makeFolder(path);
  } catch (error) {
    throw diskError(path, error);
  }
  await writeExportRecord(path, state, signal);
  const isOwn = ownHosts(nodes);
  const { media, missing } = await saveMedia({
    client,
    folder: path,
    nodes,
    isOwn,
    before: isForced ? {} : state.media,
    onSaved: (saved) => writeExportRecord(path, { ...state, media: { ...state.media, ...saved } }, signal),
    signal,
  });
  if (format !== "json") {
    const document = conversationMarkdown(record, branchesOf(tree), (url) => media[url]?.file ?? url);
    await writeWhole(join(path, "conversation.md"), document, signal);
  }
  if (format !== "markdown") {
    const json = {
      ...conversationJson(record),
      nodes: nodes.map((node) => ({
        ...nodeJson(node, isOwn, (url) => media[url]?.file ?? null),
        type: node.type,
        position: node.position ?? null,
        data: node.data,
      })),
    };
    await writeWhole(join(path, "conversation.json"), `${JSON.stringify(json, undefined, 2)}\n`, signal);
  }
  await writeExportRecord(path, { ...state, isComplete: missing.length === 0, media }, signal);
  return { mediaCount: Object.keys(media).length, missing };
}

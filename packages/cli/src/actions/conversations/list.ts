import type { ConversationRecord, Flowith } from "flowith-webapi";
import { usageError } from "../../cli-error.ts";
import type { Context } from "../../context/context.ts";
import { conversationJson } from "../../conversations/conversation-json.ts";
import type { Output } from "../../output/output.ts";
import { oneLine } from "../../output/printable.ts";
import { cut } from "../../output/table.ts";

export interface ListFlags {
  limit?: number;
  all?: boolean;
  search?: string;
  project?: string;
}

const DEFAULT_LIMIT = 20;
/** Up to here one request brings all that is wanted. */
const ONE_PAGE = 100;
const UPDATED_WIDTH = 16;
/** Below it a title beside id and time has no room. */
const NARROW = 72;

/** `[{ id, title, createdAt, updatedAt, projectId }]`, written as it comes */
export async function listConversations(context: Context, flags: ListFlags): Promise<void> {
  if (flags.search?.trim() === "") throw usageError("--search needs words.");
  const { output } = context;
  const limit = flags.all ? Number.POSITIVE_INFINITY : (flags.limit ?? DEFAULT_LIMIT);
  let count = 0;
  for await (const record of wanted(await context.client(), flags, limit, context.signal)) {
    if (output.isJson) await output.write(`${count === 0 ? "[" : ",\n"}${JSON.stringify(conversationJson(record))}`);
    else await output.write(`${rowOf(output, record, count === 0)}\n`);
    count += 1;
    if (count === limit) break;
  }
  if (output.isJson) await output.write(count === 0 ? "[]\n" : "]\n");
  else if (count === 0) output.note(flags.search === undefined ? "No conversations." : "No title has all these words.");
}

/** Pages are asked for as they are needed: a reader that has enough ends it. */
async function* wanted(
  client: Flowith,
  { search, project: projectId }: ListFlags,
  limit: number,
  signal: AbortSignal,
): AsyncGenerator<ConversationRecord, undefined> {
  if (search === undefined && limit <= ONE_PAGE) {
    yield* await client.conversations.list({ limit, projectId, signal });
    return undefined;
  }
  const words = (search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  for await (const record of client.conversations.all({ projectId, signal })) {
    const title = (record.title ?? "").toLowerCase();
    if (words.every((word) => title.includes(word))) yield record;
  }
  return undefined;
}

/** The title stands last, so that rows can be written before the longest one is known. */
function rowOf(output: Output, { convId, title, updatedAt }: ConversationRecord, isFirst: boolean): string {
  const updated = (updatedAt ?? "").slice(0, UPDATED_WIDTH).replace("T", " ");
  const name = oneLine(title ?? "") || "(untitled)";
  if (output.isTerminal && output.columns < NARROW) {
    return [
      `${isFirst ? "" : "\n"}${output.paint("bold", cut(name, output.columns))}`,
      ...[convId, updated].filter(Boolean).map((line) => `  ${line}`),
    ].join("\n");
  }
  const line = (id: string, time: string, text: string): string =>
    `${id.padEnd(convId.length)}  ${time.padEnd(UPDATED_WIDTH)}  ${text}`;
  const room = output.isTerminal ? output.columns - line("", "", "").length : Number.POSITIVE_INFINITY;
  const row = line(convId, updated, cut(name, room));
  return isFirst ? `${output.paint("bold", line("id", "updated", "title"))}\n${row}` : row;
}

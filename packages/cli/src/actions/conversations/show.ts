import type { FlowTree, FlowTreeNode } from "flowith-webapi";
import { notFoundError, usageError } from "../../cli-error.ts";
import type { Context } from "../../context/context.ts";
import { latestPath, nodesOf, pathThrough } from "../../conversations/branches.ts";
import { conversationJson, nodeJson } from "../../conversations/conversation-json.ts";
import { conversationMarkdown } from "../../conversations/conversation-markdown.ts";
import { ConversationFinder } from "../../conversations/find-conversation.ts";
import { loadConversation } from "../../conversations/load-conversation.ts";
import { ownHosts } from "../../conversations/node-media.ts";
import { oneLine, printable } from "../../output/printable.ts";

export interface ShowFlags {
  node?: string;
}

/** `{ id, title, createdAt, updatedAt, projectId, nodes: [{ id, parentId, role, state, model, text, createdAt, media: [{ url }] }] }`, along the path */
export async function showConversation(context: Context, said: string, { node: wanted }: ShowFlags): Promise<void> {
  const { output, signal } = context;
  const client = await context.client();
  const convId = await new ConversationFinder(client, signal).find(said);
  const { record, tree } = await loadConversation(client, convId, signal);
  const nodes = wanted === undefined ? latestPath(tree) : pathThrough(tree, nodeNamed(tree, convId, wanted));
  const isOwn = ownHosts(nodes);
  const json = { ...conversationJson(record), nodes: nodes.map((node) => nodeJson(node, isOwn)) };
  await output.result(json, () => {
    const document = conversationMarkdown(record, [{ from: undefined, nodes }]).trimEnd();
    return output.isTerminal ? printable(document) : document;
  });
  if (record.isDeleted) output.note("This conversation is deleted.");
}

/** By its id, or the beginning of it. */
function nodeNamed(tree: FlowTree, convId: string, said: string): FlowTreeNode {
  const name = said.trim().toLowerCase();
  if (name === "") throw usageError("--node needs the id of a node.");
  const found = [...nodesOf(tree)].filter(({ id }) => id.toLowerCase().startsWith(name));
  const [first, second] = found;
  if (second !== undefined) throw usageError(`${found.length} nodes have ids that begin with ${oneLine(said)}.`);
  if (first !== undefined) return first;
  throw notFoundError(
    `The conversation ${convId} has no node ${oneLine(said)}, or it was deleted.`,
    `\`flowith conversations tree ${convId}\` shows its nodes.`,
  );
}

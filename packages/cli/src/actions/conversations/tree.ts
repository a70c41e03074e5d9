import type { FlowNode } from "flowith-webapi";
import type { Context } from "../../context/context.ts";
import { nodesOf } from "../../conversations/branches.ts";
import { conversationJson, roleOf } from "../../conversations/conversation-json.ts";
import { ConversationFinder } from "../../conversations/find-conversation.ts";
import { loadConversation } from "../../conversations/load-conversation.ts";
import { mediaAnswer, mediaOf } from "../../conversations/node-media.ts";
import { failureOf, nodeState } from "../../conversations/node-state.ts";
import { promptWords } from "../../conversations/prompt-words.ts";
import { shortIds } from "../../conversations/short-ids.ts";
import { treeLines } from "../../conversations/tree-lines.ts";
import type { Output } from "../../output/output.ts";
import { oneLine } from "../../output/printable.ts";
import { cut } from "../../output/table.ts";

/** Of a node's text, in cells, where nothing says how wide a line may be. */
const EXCERPT = 100;

/** `{ id, title, createdAt, updatedAt, projectId, nodes: [{ id, parentId, role, state, text }] }`, each text cut to its first words */
export async function showTree(context: Context, said: string): Promise<void> {
  const { output, signal } = context;
  const client = await context.client();
  const convId = await new ConversationFinder(client, signal).find(said);
  const { record, tree } = await loadConversation(client, convId, signal);
  const nodes = [...nodesOf(tree)];
  const json = {
    ...conversationJson(record),
    nodes: nodes.map((node) => ({
      id: node.id,
      parentId: node.parentId,
      role: roleOf(node),
      state: nodeState(node) ?? null,
      text: cut(oneLine(promptWords(node.text)), EXCERPT),
    })),
  };
  await output.result(json, () => {
    const short = shortIds(nodes.map(({ id }) => id));
    const width = output.isTerminal ? output.columns : Number.POSITIVE_INFINITY;
    const title = output.paint("bold", cut(oneLine(record.title ?? "") || "(untitled)", width));
    const lines = [...treeLines(tree)].map(({ graph, node }) => lineOf(output, graph, short(node.id), node, width));
    return [title, ...(lines.length === 0 ? ["(no turns)"] : lines)].join("\n");
  });
}

function lineOf(output: Output, graph: string, id: string, node: FlowNode, width: number): string {
  const head = `${graph}${id} `;
  const room = Math.max(1, width === Number.POSITIVE_INFINITY ? EXCERPT : width - head.length);
  const text = cut(words(node), room);
  const drawn = `${output.paint("dim", head)}${roleOf(node) === "user" ? output.paint("bold", text) : text}`;
  return head.length >= width ? cut(head.trimEnd(), width) : drawn;
}

function words(node: FlowNode): string {
  const role = roleOf(node);
  if (role === "user") return oneLine(promptWords(node.text));
  if (role === "note") return `(note) ${oneLine(promptWords(node.text))}`;
  const state = nodeState(node);
  const [medium] = mediaAnswer(node) === undefined ? [] : mediaOf(node, () => true);
  const said = state === "failed" ? failureOf(node) : promptWords(node.text);
  return oneLine(
    [`→`, state === "done" ? "" : `[${state}]`, medium === undefined ? said : `[${medium.label}]`].join(" "),
  );
}

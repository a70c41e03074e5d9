import type { Flowith, FlowNode } from "flowith-webapi";
import type { Turn, TurnKind } from "./chat.ts";

/** A conversation as it stands: its title, and the turns that lead to its newest answer. */
export interface TakenUp {
  title: string | undefined;
  turns: Turn[];
}

/** @throws NotFoundError */
export async function takeUp(client: Flowith, convId: string, signal: AbortSignal): Promise<TakenUp> {
  const [{ title }, nodes] = await Promise.all([
    client.conversations.get(convId, { signal }),
    client.conversations.nodes(convId, { signal }),
  ]);
  const newest = nodes.findLast(isAnswer);
  return { title: title ?? undefined, turns: newest === undefined ? [] : turnsTo(nodes, newest) };
}

/** Ended, and not by a failure. */
function isAnswer({ type, text, status, data }: FlowNode): boolean {
  return type === "2" && text !== "" && data.error == null && !/^(init|loading|pending|fail|error)/i.test(status ?? "");
}

function turnsTo(nodes: readonly FlowNode[], newest: FlowNode): Turn[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const turns: Turn[] = [];
  for (let answer: FlowNode | undefined = newest; answer !== undefined; ) {
    const prompt: FlowNode | undefined = byId.get(answer.parentId ?? "");
    // rows may hang in a circle; each is taken once
    byId.delete(answer.id);
    if (prompt === undefined) break;
    byId.delete(prompt.id);
    turns.unshift({
      kind: kindOf(answer),
      prompt: prompt.text,
      promptId: prompt.id,
      answerId: answer.id,
      answer: answer.text,
      model: answer.model,
    });
    answer = byId.get(prompt.parentId ?? "");
  }
  return turns;
}

function kindOf({ text, data }: FlowNode): TurnKind {
  if (!/^https?:\/\/\S+$/.test(text.trim())) return "text";
  return data.isVideo === true || /\.(mp4|webm|mov)$/i.test(new URL(text.trim()).pathname) ? "video" : "image";
}

import { type FlowNode, JobFailedError } from "flowith-webapi";
import type { Turn } from "./turn.ts";

const PROMPT = "1";
const ANSWER = "2";

/** A conversation as it stands at the service, in turns, oldest first. Drafts and comments are left out. */
export function turnsFromNodes(convId: string, nodes: readonly FlowNode[]): Turn[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const answersOf = Map.groupBy(
    nodes.filter(({ type }) => type === ANSWER),
    ({ parentId }) => parentId,
  );
  return nodes
    .filter(({ type }) => type === PROMPT)
    .flatMap((prompt) => {
      const parent = byId.get(prompt.parentId ?? "");
      const parentKey = parent === undefined || prompt.parentId === convId ? undefined : parent.id;
      const answers = answersOf.get(prompt.id) ?? [];
      return answers.length > 0
        ? answers.map((answer) => turnOf(prompt, parentKey, answer))
        : [turnOf(prompt, parentKey, undefined)];
    });
}

function turnOf(prompt: FlowNode, parentKey: string | undefined, answer: FlowNode | undefined): Turn {
  const kind = answer?.data.isImage === true ? "image" : answer?.data.isVideo === true ? "video" : "text";
  return {
    key: answer?.id ?? prompt.id,
    parentKey,
    prompt: prompt.text,
    pictures: [],
    promptId: prompt.id,
    answerId: answer?.id,
    kind,
    text: answer?.text ?? "",
    reasoning: reasoningOf(answer?.data.value),
    model: answer?.model,
    aspectRatio: textOf(answer?.data.aspect_ratio),
    ...ending(answer),
  };
}

function ending(answer: FlowNode | undefined): Pick<Turn, "state" | "problem"> {
  const error = textOf(answer?.data.error);
  if (error !== undefined) {
    const reason = textOf(answer?.data.error_type) ?? "unknown";
    return { state: "failed", problem: new JobFailedError(error, { reason }) };
  }
  return { state: answer !== undefined && answer.text !== "" ? "done" : "unknown" };
}

function reasoningOf(value: unknown): string {
  return /<think>([\s\S]*?)(<\/think>|$)/.exec(textOf(value) ?? "")?.[1]?.trim() ?? "";
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

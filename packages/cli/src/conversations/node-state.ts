import type { FlowNode } from "flowith-webapi";

/** How an answer stands: words of the service that are not known are given as they are. */
export type NodeState = "done" | "failed" | "pending" | (string & {});

const done = new Set(["done", "completed", "success"]);
const failed = new Set(["failed", "error"]);
const pending = new Set(["init", "loading", "pending", "processing"]);

/** Undefined for what is no answer. A failure may stand in a field of its own, in the status or in the value. */
export function nodeState({ type, status, data, text }: FlowNode): NodeState | undefined {
  if (type !== "2") return undefined;
  const word = status?.toLowerCase() ?? "";
  if (hasValue(data.error) || failed.has(word) || errorIn(text) !== undefined) return "failed";
  if (done.has(word)) return "done";
  if (word === "") return text === "" ? "pending" : "done";
  return pending.has(word) ? "pending" : word;
}

/** What an answer says; nothing where the service has put an error in its place. */
export function saidText({ text }: FlowNode): string {
  return errorIn(text) === undefined ? text : "";
}

/** Why an answer failed, as far as its node says. */
export function failureOf(node: FlowNode): string {
  const { error, error_type: type } = node.data;
  const told = hasValue(error) ? error : errorIn(node.text);
  const message = typeof told === "string" ? told : JSON.stringify(told);
  const parts = [typeof type === "string" ? type : undefined, message].filter((part) => part !== undefined);
  return parts.length === 0 ? `status ${node.status ?? "unknown"}` : parts.join(": ");
}

function hasValue(error: unknown): boolean {
  return error !== undefined && error !== null && error !== "" && error !== false;
}

function errorIn(text: string): unknown {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    const { error }: { error?: unknown } = JSON.parse(text);
    return hasValue(error) ? error : undefined;
  } catch {
    return undefined;
  }
}

import { splitReasoning } from "../kinds/text/reasoning-splitter.ts";
import { jsonObject } from "../wire/node-data.ts";
import type { NodeRow } from "../wire/node-row.ts";
import { isRecord } from "../wire/parse.ts";
import type { RawRecord } from "../wire/records.ts";

/** A node of a conversation's canvas. */
export interface FlowNode {
  id: string;
  convId: string;
  /** `1` is a prompt, `2` an answer; others are drafts, comments and free nodes. */
  type: string;
  /** The node that it hangs under; the conversation's own id for a root. */
  parentId: string | null;
  /** The visible text: without `<think>` parts. Of a picture, its URL. */
  text: string;
  model: string | undefined;
  /** `init` until the job has ended; the words of the end vary. */
  status: string | undefined;
  position: { x: number; y: number } | undefined;
  createdAt: string | undefined;
  /** The node's own fields as they are stored, `value` with its `<think>` parts among them. */
  data: RawRecord;
  raw: unknown;
}

export function flowNode(convId: string, row: NodeRow): FlowNode {
  const value = row.data.value ?? "";
  return {
    id: row.id,
    convId,
    type: row.type,
    parentId: row.parentId,
    text: row.type === "2" ? splitReasoning(value).text : value,
    model: row.data.model,
    status: row.data.status,
    position: row.position,
    createdAt: row.createdAt,
    data: storedData(row.raw),
    raw: row.raw,
  };
}

/** `data` may arrive as a JSON text (wire 3.1). */
function storedData(raw: unknown): RawRecord {
  const data = isRecord(raw) ? raw.data : undefined;
  if (typeof data === "string") return jsonObject(data) ?? {};
  return isRecord(data) ? data : {};
}

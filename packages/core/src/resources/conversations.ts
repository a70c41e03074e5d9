import { splitReasoning } from "../generation/reasoning-splitter.ts";
import type { CallOptions } from "../options.ts";
import { checkOptions } from "../options-check.ts";
import type { Canvas } from "../rows/canvas.ts";
import type { NodeRow } from "../wire/node-row.ts";

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
  raw: unknown;
}

/** Conversations on the canvas. */
export class Conversations {
  readonly #canvas: Canvas;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  /** All nodes of a conversation that are not deleted, oldest first. Empty for one that this user cannot see. */
  async nodes(convId: string, options: CallOptions = {}): Promise<FlowNode[]> {
    checkOptions("call", options);
    const rows = await this.#canvas.nodesOfConversation(convId, options);
    return rows.map((row) => flowNode(convId, row));
  }
}

function flowNode(convId: string, row: NodeRow): FlowNode {
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
    raw: row.raw,
  };
}

import * as v from "valibot";
import { type Failure, parseFailure } from "./failure.ts";
import { optionalKey } from "./fields.ts";
import { jsonObject, type NodeData, parseNodeData } from "./node-data.ts";
import { parseAnswer } from "./parse.ts";
import { isFailureWord, isSuccessWord } from "./words.ts";

/** A row of `flow_node`. Type `1` is a prompt, `2` an answer; others (drafts, comments, free nodes) exist. */
export interface NodeRow {
  id: string;
  type: string;
  parentId: string | null;
  createdAt: string | undefined;
  /** How long ago that was, in ms, by the service's own clock; undefined where it did not say what time it was. */
  ageMs: number | undefined;
  position: { x: number; y: number } | undefined;
  data: NodeData;
  raw: unknown;
}

/** What a row says of its job (wire 3.1). */
export type RowState = { state: "pending" | "done" } | { state: "failed"; failure: Failure };

interface WireRow {
  id: string;
  type?: string | null | undefined;
  p_id?: string | null | undefined;
  created_at?: string | null | undefined;
  position?: { x: number; y: number } | undefined;
  data?: unknown;
}

const wireRowSchema: v.GenericSchema<unknown, WireRow> = v.looseObject({
  id: v.string(),
  type: optionalKey,
  p_id: v.nullish(v.string()),
  created_at: v.nullish(v.string()),
  position: v.fallback(v.optional(v.looseObject({ x: v.number(), y: v.number() })), undefined),
  data: v.optional(v.unknown()),
});

const wireRowsSchema: v.GenericSchema<unknown, WireRow[]> = v.array(wireRowSchema);

/**
 * @param answeredAt when the service answered, by the `Date` of its answer
 * @throws ResponseShapeError
 */
export function parseNodeRows(rows: unknown, answeredAt?: string | null): NodeRow[] {
  return parseAnswer(wireRowsSchema, rows, "GET /rest/v1/flow_node").map((row) => ({
    id: row.id,
    type: row.type ?? "",
    parentId: row.p_id ?? null,
    createdAt: row.created_at ?? undefined,
    ageMs: between(row.created_at, answeredAt),
    position: row.position,
    data: parseNodeData(row.data),
    raw: row,
  }));
}

/**
 * Reads a row in the order of wire 3.1. Unknown status words are pending: a row in the middle of its text must not be
 * taken for a finished one.
 */
export function rowState(row: NodeRow, kind: "text" | "media"): RowState {
  const { status, value, error, error_type } = row.data;
  const failure = parseFailure(error, error_type) ?? failureInValue(value);
  if (failure !== undefined) return { state: "failed", failure };
  if (isFailureWord(status)) {
    return {
      state: "failed",
      failure: { reason: error_type ?? "unknown", message: `its node has the status ${status}` },
    };
  }
  if (isSuccessWord(status)) return { state: "done" };
  if (kind === "media" && isHttpUrl(value)) return { state: "done" };
  return { state: "pending" };
}

function failureInValue(value: string | undefined): Failure | undefined {
  const object = value === undefined ? undefined : jsonObject(value);
  return object === undefined ? undefined : parseFailure(object.error, object.error_type);
}

export function isHttpUrl(value: string | undefined): value is string {
  return value !== undefined && /^https?:\/\//i.test(value);
}

function between(earlier: string | null | undefined, later: string | null | undefined): number | undefined {
  if (!earlier || !later) return undefined;
  const ms = Date.parse(later) - Date.parse(earlier);
  return Number.isNaN(ms) ? undefined : ms;
}

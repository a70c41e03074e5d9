import * as v from "valibot";
import { isRecord, lenientText } from "./parse.ts";

/** The part of a node's `data` column that is used. */
export interface NodeData {
  value?: string | undefined;
  status?: string | undefined;
  error?: unknown;
  error_type?: string | undefined;
  model?: string | undefined;
  isImage?: boolean | undefined;
}

const nodeDataSchema: v.GenericSchema<unknown, NodeData> = v.looseObject({
  value: v.optional(lenientText),
  status: v.optional(lenientText),
  error: v.optional(v.unknown()),
  error_type: v.optional(lenientText),
  model: v.optional(lenientText),
  isImage: v.fallback(v.optional(v.boolean()), undefined),
});

/** `data` may arrive as an object or as a JSON string (wire 3.1); what is neither reads as empty. */
export function parseNodeData(value: unknown): NodeData {
  const object = typeof value === "string" ? jsonObject(value) : value;
  const result = v.safeParse(nodeDataSchema, object);
  return result.success ? result.output : {};
}

/** The text as a JSON object, or undefined. */
export function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

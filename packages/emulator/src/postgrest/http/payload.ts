import { invalidBody } from "../errors.ts";
import { tooDeepJson } from "../parse/limits.ts";
import { splitQuery } from "../parse/query-parameters.ts";
import { parseCsv } from "./csv.ts";
import { type MediaType, mediaTypeName } from "./media-type.ts";

export interface Payload {
  /** JSON, but for a function that takes text or bytes. */
  readonly text: string;
  /** The keys that every object of the body has. */
  readonly keys: readonly string[];
  /** The pairs of a form, for a function. */
  readonly pairs: readonly { readonly name: string; readonly value: string }[];
}

export interface PayloadOptions {
  readonly body: Uint8Array;
  readonly type: MediaType;
  /** `columns=`: the body then needs no common keys, and is left to Postgres unread. */
  readonly columns: readonly string[] | undefined;
  readonly isFunctionCall: boolean;
}

function sorted(keys: Iterable<string>): string[] {
  return [...new Set(keys)].sort();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function commonKeys(text: string, value: unknown, mismatch: string): Payload {
  if (isObject(value)) return { text, keys: sorted(Object.keys(value)), pairs: [] };
  // A scalar inserts nothing.
  if (!Array.isArray(value) || value.length === 0) return { text: "[]", keys: [], pairs: [] };
  const items: readonly unknown[] = value;
  const keys = isObject(items[0]) ? sorted(Object.keys(items[0])) : undefined;
  const isUniform = items.every((item) => isObject(item) && sorted(Object.keys(item)).join("\0") === keys?.join("\0"));
  if (keys === undefined || !isUniform) throw invalidBody(mismatch);
  return { text, keys, pairs: [] };
}

function fromJson(text: string, { columns, isFunctionCall }: PayloadOptions): Payload {
  if (columns !== undefined) return { text, keys: columns, pairs: [] };
  if (text === "" && isFunctionCall) return { text: "{}", keys: [], pairs: [] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidBody("Empty or invalid json");
  }
  return commonKeys(text, value, "All object keys must match");
}

function fromCsv(text: string): Payload {
  const [header, ...rows] = parseCsv(text) ?? [];
  if (header === undefined) throw invalidBody("not enough input");
  const objects = rows.map((row) =>
    Object.fromEntries(
      row.slice(0, header.length).map((field, index) => [header[index], field === "NULL" ? null : field]),
    ),
  );
  return commonKeys(JSON.stringify(objects), objects, "All lines must have same number of fields");
}

function fromForm(text: string, isFunctionCall: boolean): Payload {
  const pairs = splitQuery(text).map(({ name, value }) => ({ name, value: value ?? "" }));
  const keys = sorted(pairs.map(({ name }) => name));
  if (isFunctionCall) return { text: "", keys, pairs };
  return { text: JSON.stringify(Object.fromEntries(pairs.map(({ name, value }) => [name, value]))), keys, pairs };
}

function hexadecimal(bytes: Uint8Array): string {
  return `\\x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

export function readPayload(options: PayloadOptions): Payload {
  const { body, type, isFunctionCall } = options;
  // A byte order mark is part of the text here, as it is for PostgREST.
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
  if (type.kind === "json" || isFunctionCall) {
    const problem = tooDeepJson(text);
    if (problem !== undefined) throw invalidBody(problem);
  }
  switch (type.kind) {
    case "json":
      return fromJson(text, options);
    case "csv":
      return fromCsv(text);
    case "urlencoded":
      return fromForm(text, isFunctionCall);
    case "text":
    case "xml":
      if (isFunctionCall) return { text, keys: [], pairs: [] };
      break;
    case "octets":
      if (isFunctionCall) return { text: hexadecimal(body), keys: [], pairs: [] };
      break;
  }
  throw invalidBody(`Content-Type not acceptable: ${mediaTypeName(type)}`);
}

import { jsonNesting, maxJsonNesting } from "../http/nesting.ts";
import { ApiError } from "./api-error.ts";
import { describeJsonError } from "./go-json-error.ts";
import type { Metadata } from "./metadata.ts";

const maximumBytes = 1 << 20;

/** The fields of a JSON body, read one by one. An absent field and null are the same to the service. */
export interface RequestBody {
  text(field: string): string;
  /** Undefined when absent: an empty text is a value. */
  optionalText(field: string): string | undefined;
  flag(field: string, absent: boolean): boolean;
  record(field: string): Metadata | undefined;
}

const bad = (detail: string) => new ApiError(400, "bad_json", `Could not parse request body as JSON: ${detail}`);

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}

function isRecord(value: unknown): value is Metadata {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad(describeJsonError(new TextEncoder().encode(text)));
  }
}

/**
 * Read a body into a named struct of the service; the name shows up in its errors.
 * @throws ApiError `bad_json`, in the words of Go's decoder
 */
export async function readBody(request: Request, struct: string): Promise<RequestBody> {
  const text = await request.text();
  if (new TextEncoder().encode(text).length > maximumBytes) {
    throw new ApiError(413, "request_entity_too_large", `Request body too large (max ${maximumBytes} bytes)`);
  }
  if (jsonNesting(text) > maxJsonNesting) throw bad("exceeded max depth");
  const parsed = parse(text);
  if (parsed !== null && !isRecord(parsed)) {
    throw bad(`json: cannot unmarshal ${kindOf(parsed)} into Go value of type api.${struct}`);
  }
  // Go matches the names of fields without regard to case.
  const fields = new Map(Object.entries(parsed ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const mismatch = (field: string, type: string) =>
    bad(`json: cannot unmarshal ${kindOf(fields.get(field))} into Go struct field ${struct}.${field} of type ${type}`);

  return {
    text: (field) => {
      const value = fields.get(field) ?? "";
      if (typeof value !== "string") throw mismatch(field, "string");
      return value;
    },
    optionalText: (field) => {
      const value = fields.get(field) ?? undefined;
      if (value !== undefined && typeof value !== "string") throw mismatch(field, "string");
      return value;
    },
    flag: (field, absent) => {
      const value = fields.get(field) ?? absent;
      if (typeof value !== "boolean") throw mismatch(field, "bool");
      return value;
    },
    record: (field) => {
      const value = fields.get(field) ?? undefined;
      if (value !== undefined && !isRecord(value)) throw mismatch(field, "map[string]interface {}");
      return value;
    },
  };
}

import type { Context } from "hono";
import * as v from "valibot";
import { GatewayError } from "../errors.ts";

/** A body that was understood, and the names of its fields that no one here knows. */
export interface JsonBody<Value> {
  value: Value;
  unknownFields: string[];
}

/** @throws GatewayError 400 for what is no JSON, or not what the schema asks for */
export async function jsonBody<Value>(
  context: Context,
  schema: v.GenericSchema<unknown, Value> & { entries: Readonly<Record<string, unknown>> },
): Promise<JsonBody<Value>> {
  const body = await parsed(context);
  const result = v.safeParse(schema, body);
  if (!result.success) {
    const [issue] = result.issues;
    const param = v.getDotPath(issue) ?? undefined;
    const message = param === undefined ? `The body is not valid: ${issue.message}.` : `${param}: ${issue.message}.`;
    throw new GatewayError({ status: 400, code: "invalid_request", message, param });
  }
  const names = typeof body === "object" && body !== null ? Object.entries(body) : [];
  const unknown = names.filter(([name, value]) => value !== undefined && value !== null && !(name in schema.entries));
  return { value: result.output, unknownFields: unknown.map(([name]) => name) };
}

async function parsed(context: Context): Promise<unknown> {
  const text = await context.req.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new GatewayError({ status: 400, code: "invalid_json", message: "The body is not JSON." });
  }
}

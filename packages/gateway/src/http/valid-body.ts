import * as v from "valibot";
import { GatewayError } from "../errors.ts";

/** A body that was understood, and the names of its fields that no one here knows. */
export interface ValidBody<Value> {
  value: Value;
  unknownFields: string[];
}

/** What a body may be. */
export type BodySchema<Value> = v.GenericSchema<unknown, Value> & { entries: Readonly<Record<string, unknown>> };

/** @throws GatewayError 400 for what is not what the schema asks for */
export function validBody<Value>(body: unknown, schema: BodySchema<Value>): ValidBody<Value> {
  const result = v.safeParse(schema, body);
  if (!result.success) {
    const [issue] = result.issues;
    const param = v.getDotPath(issue) ?? undefined;
    const message = param === undefined ? `The body is not valid: ${issue.message}.` : `${param}: ${issue.message}.`;
    // As OpenAI tells what is of the right type from what is not.
    const isValue = issue.kind === "validation" || issue.type === "picklist";
    throw new GatewayError({ status: 400, code: isValue ? "invalid_value" : "invalid_request", message, param });
  }
  const names = typeof body === "object" && body !== null ? Object.entries(body) : [];
  const unknown = names.filter(([name, value]) => value !== undefined && value !== null && !(name in schema.entries));
  return { value: result.output, unknownFields: unknown.map(([name]) => name) };
}

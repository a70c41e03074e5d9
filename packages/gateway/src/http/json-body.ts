import type { Context } from "hono";
import { GatewayError } from "../errors.ts";
import { type BodySchema, type ValidBody, validBody } from "./valid-body.ts";

/** @throws GatewayError 400 for what is no JSON, or not what the schema asks for */
export async function jsonBody<Value>(context: Context, schema: BodySchema<Value>): Promise<ValidBody<Value>> {
  return validBody(await parsed(context), schema);
}

async function parsed(context: Context): Promise<unknown> {
  const text = await context.req.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new GatewayError({ status: 400, code: "invalid_json", message: "The body is not JSON." });
  }
}

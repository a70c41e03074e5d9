import type { Context } from "hono";
import { GatewayError } from "../errors.ts";
import type { GatewayEnv } from "../gateway-env.ts";
import { bodyOf } from "./body-of.ts";
import { type BodySchema, type ValidBody, validBody } from "./valid-body.ts";

/** Whether a body says that it is JSON, where it may be a form too. */
export function isJson(context: Context<GatewayEnv>): boolean {
  return /^application\/json\b/i.test(context.req.header("content-type") ?? "");
}

/** @throws GatewayError 400 for what is no JSON, or not what the schema asks for */
export async function jsonBody<Value>(
  context: Context<GatewayEnv>,
  schema: BodySchema<Value>,
): Promise<ValidBody<Value>> {
  return validBody(await parsed(context), schema);
}

async function parsed(context: Context<GatewayEnv>): Promise<unknown> {
  const text = await bodyOf(context).text();
  try {
    return JSON.parse(text);
  } catch {
    throw new GatewayError({ status: 400, code: "invalid_json", message: "The body is not JSON." });
  }
}

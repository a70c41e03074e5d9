import type { Context } from "hono";
import { GatewayError } from "../errors.ts";
import type { GatewayEnv } from "../gateway-env.ts";
import { bodyOf } from "./body-of.ts";
import { type BodySchema, type ValidBody, validBody } from "./valid-body.ts";

/**
 * The fields of a form, each a text or a file; one that comes several times, or whose name ends in `[]`, is a list.
 * @throws GatewayError 415 for what is no multipart form, 400 for a broken one, and for what the schema does not ask for
 */
export async function formBody<Value>(
  context: Context<GatewayEnv>,
  schema: BodySchema<Value>,
): Promise<ValidBody<Value>> {
  const form = await parsed(context);
  const fields = new Map<string, unknown>();
  for (const key of new Set(form.keys())) {
    const values = form.getAll(key);
    const isList = key.endsWith("[]") || values.length > 1;
    fields.set(key.replace(/\[\]$/, ""), isList ? values : values[0]);
  }
  return validBody(Object.fromEntries(fields), schema);
}

async function parsed(context: Context<GatewayEnv>): Promise<FormData> {
  const type = context.req.header("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type)) {
    const message = "The body is no form. Send it as multipart/form-data, as OpenAI's clients do.";
    throw new GatewayError({ status: 415, code: "unsupported_media_type", message });
  }
  // The body is read first, so that one that is too large is told as that.
  const body = await bodyOf(context).arrayBuffer();
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData();
  } catch {
    throw new GatewayError({ status: 400, code: "invalid_form", message: "The body is no multipart form." });
  }
}

import type { Context } from "hono";
import { GatewayError } from "../../errors.ts";
import type { GatewayEnv } from "../../gateway-env.ts";
import type { KeptResponses } from "./kept-responses.ts";

type Handler = (context: Context<GatewayEnv>) => Response;

/** `GET /v1/responses/:id`. */
export function retrieveResponse(kept: KeptResponses): Handler {
  return (context) => {
    const id = context.req.param("id") ?? "";
    const response = kept.get(context.get("accountKey"), id);
    if (response === undefined) throw notKept(id);
    return context.json(response.body);
  };
}

/** `DELETE /v1/responses/:id`. */
export function deleteResponse(kept: KeptResponses): Handler {
  return (context) => {
    const id = context.req.param("id") ?? "";
    if (!kept.delete(context.get("accountKey"), id)) throw notKept(id);
    return context.json({ id, object: "response", deleted: true });
  };
}

function notKept(id: string): GatewayError {
  const message = `The response ${JSON.stringify(id.slice(0, 100))} is not kept here: only the latest are, in this gateway's memory.`;
  return new GatewayError({ status: 404, code: "response_not_found", message, param: "response_id" });
}

import type { Context } from "hono";
import { GatewayError } from "../../errors.ts";
import type { GatewayEnv } from "../../gateway-env.ts";
import { validBody } from "../../http/valid-body.ts";
import { pageOf, pageQuery } from "../page.ts";
import type { InputItem } from "./input-schema.ts";
import type { KeptResponse, KeptResponses } from "./kept-responses.ts";

type Handler = (context: Context<GatewayEnv>) => Response;

/** `GET /v1/responses/:id`. */
export function retrieveResponse(kept: KeptResponses): Handler {
  return (context) => {
    if (context.req.query("stream") === "true") {
      const message = "stream: A response that is kept is read as a whole, and not streamed again.";
      throw new GatewayError({ status: 400, code: "invalid_value", message, param: "stream" });
    }
    return context.json(keptResponse(context, kept).body);
  };
}

/** `GET /v1/responses/:id/input_items`: those of the responses before it too, the newest first. */
export function listInputItems(kept: KeptResponses): Handler {
  return (context) => {
    const { value: query } = validBody(context.req.query(), pageQuery("20"));
    const { body, items } = keptResponse(context, kept);
    const input = items.slice(0, items.length - body.output.length).map(withId);
    const { page, ...rest } = pageOf(input.toReversed(), query, ({ id }) => id);
    return context.json({ object: "list", data: page, ...rest });
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

function keptResponse(context: Context<GatewayEnv>, kept: KeptResponses): KeptResponse {
  const id = context.req.param("id") ?? "";
  const response = kept.get(context.get("accountKey"), id);
  if (response === undefined) throw notKept(id);
  return response;
}

/** Items of an input need no id, and those of an answer have one. A page begins behind one. */
function withId(item: InputItem, index: number): { id: string; [field: string]: unknown } {
  const own = item.type === "message" ? { ...item, status: "completed", content: partsOf(item) } : item;
  return { id: `item_${index}`, ...own };
}

function partsOf({ role, content }: Extract<InputItem, { type: "message" }>): unknown {
  const type = role === "assistant" ? "output_text" : "input_text";
  return typeof content === "string" ? [{ type, text: content }] : content;
}

function notKept(id: string): GatewayError {
  const message = `The response ${JSON.stringify(id.slice(0, 100))} is not kept here: only the latest are, in this gateway's memory.`;
  return new GatewayError({ status: 404, code: "response_not_found", message, param: "response_id" });
}

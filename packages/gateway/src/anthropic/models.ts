import type { ModelInfo } from "flowith-webapi";
import type { Context } from "hono";
import { GatewayError } from "../errors.ts";
import type { GatewayEnv } from "../gateway-env.ts";
import { workOf } from "../http/work.ts";
import type { RouteParts } from "../route-parts.ts";

/** `GET /v1/models`: all that answer messages, on one page whatever its `limit` is. */
export async function listModels(context: Context<GatewayEnv>): Promise<Response> {
  const data = (await textModels(context)).map(toModel);
  return context.json({ data, has_more: false, first_id: data.at(0)?.id ?? null, last_id: data.at(-1)?.id ?? null });
}

/** `GET /v1/models/:id`: tells of a name that is mapped which model it is. */
export function retrieveModel({ modelNames }: RouteParts): (context: Context<GatewayEnv>) => Promise<Response> {
  return async (context) => {
    const name = context.req.param("id") ?? "";
    const id = modelNames.idOf(name);
    const model = (await textModels(context)).find(({ modelId }) => modelId === id);
    if (model !== undefined) return context.json(toModel(model));
    const message = `There is no model ${JSON.stringify(name.slice(0, 200))}. GET /v1/models lists all.`;
    throw new GatewayError({ status: 404, code: "model_not_found", message });
  };
}

async function textModels(context: Context<GatewayEnv>): Promise<ModelInfo[]> {
  const models = await context.get("backend").models(workOf(context).signal);
  return models.filter(({ media }) => (media ?? "text") === "text");
}

/** What the catalogue does not tell is null, and the date the epoch, as Anthropic's API has it for a date it does not know. */
function toModel({ modelId, title }: ModelInfo): Record<string, unknown> & { id: string } {
  return {
    type: "model",
    id: modelId,
    display_name: title,
    created_at: "1970-01-01T00:00:00Z",
    capabilities: null,
    deprecated_at: null,
    lifecycle: "active",
    line: null,
    max_input_tokens: null,
    max_tokens: null,
    retires_at: null,
  };
}

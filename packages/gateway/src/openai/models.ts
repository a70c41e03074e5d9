import type { ModelInfo } from "flowith-webapi";
import type { Context } from "hono";
import { GatewayError } from "../errors.ts";
import type { GatewayEnv } from "../gateway-env.ts";
import { workOf } from "../http/work.ts";
import type { RouteParts } from "../route-parts.ts";

export async function listModels(context: Context<GatewayEnv>): Promise<Response> {
  const models = await context.get("backend").models(workOf(context).signal);
  return context.json({ object: "list", data: models.map(toModel) });
}

/** Ids with a slash come encoded or not. */
export function retrieveModel({ modelNames }: RouteParts): (context: Context<GatewayEnv>) => Promise<Response> {
  return async (context) => {
    const id = modelNames.idOf(context.req.param("id") ?? "");
    const models = await context.get("backend").models(workOf(context).signal);
    const model = models.find(({ modelId }) => modelId === id);
    if (model === undefined) {
      const message = `There is no model ${JSON.stringify(id)}. GET /v1/models lists all.`;
      throw new GatewayError({ status: 404, code: "model_not_found", message, param: "model" });
    }
    return context.json(toModel(model));
  };
}

/** The catalogue does not tell when a model came: 0. `media` is what it makes, where that is not text. */
function toModel({ modelId, title, media }: ModelInfo): Record<string, unknown> {
  return { id: modelId, object: "model", created: 0, owned_by: "flowith", name: title, media: media ?? "text" };
}

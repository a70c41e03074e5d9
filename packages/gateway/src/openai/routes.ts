import { Hono } from "hono";
import type { GatewayEnv } from "../gateway-env.ts";
import type { RouteParts } from "../route-parts.ts";
import { chatCompletions } from "./chat/chat-completions.ts";
import { listModels, retrieveModel } from "./models.ts";

/** What is served below `/v1` for OpenAI's clients. */
export function openaiRoutes(parts: RouteParts): Hono<GatewayEnv> {
  const { signedIn } = parts;
  return new Hono<GatewayEnv>()
    .get("/models", signedIn, listModels)
    .get("/models/:id{.+}", signedIn, retrieveModel(parts))
    .post("/chat/completions", signedIn, chatCompletions(parts));
}

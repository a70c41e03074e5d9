import { Hono } from "hono";
import type { GatewayEnv } from "../gateway-env.ts";
import type { RouteParts } from "../route-parts.ts";
import { chatCompletions } from "./chat/chat-completions.ts";
import { listModels, retrieveModel } from "./models.ts";
import { createResponse } from "./responses/create-response.ts";
import { KeptResponses } from "./responses/kept-responses.ts";
import { deleteResponse, retrieveResponse } from "./responses/stored-response.ts";

/** What is served below `/v1` for OpenAI's clients. */
export function openaiRoutes(parts: RouteParts): Hono<GatewayEnv> {
  const { signedIn, maxResponses } = parts;
  const kept = new KeptResponses(maxResponses);
  return new Hono<GatewayEnv>()
    .get("/models", signedIn, listModels)
    .get("/models/:id{.+}", signedIn, retrieveModel(parts))
    .post("/chat/completions", signedIn, chatCompletions(parts))
    .post("/responses", signedIn, createResponse(parts, kept))
    .get("/responses/:id", signedIn, retrieveResponse(kept))
    .delete("/responses/:id", signedIn, deleteResponse(kept));
}

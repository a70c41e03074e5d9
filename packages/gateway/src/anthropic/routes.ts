import { Hono } from "hono";
import { except } from "hono/combine";
import type { GatewayEnv } from "../gateway-env.ts";
import type { RouteParts } from "../route-parts.ts";
import { countTokens } from "./count-tokens.ts";
import { createMessage } from "./messages/create-message.ts";
import { listModels, retrieveModel } from "./models.ts";
import { anthropic } from "./surface.ts";

/** What is served below `/v1` for Anthropic's clients. Paths that OpenAI's have too go on to those. */
export function anthropicRoutes(parts: RouteParts): Hono<GatewayEnv> {
  const { signedIn } = parts;
  return new Hono<GatewayEnv>()
    .post("/messages", signedIn, createMessage(parts))
    .post("/messages/count_tokens", countTokens)
    .get(
      "/models",
      except(({ req }) => !anthropic.owns(req.raw), signedIn, listModels),
    )
    .get(
      "/models/:id{.+}",
      except(({ req }) => !anthropic.owns(req.raw), signedIn, retrieveModel(parts)),
    );
}

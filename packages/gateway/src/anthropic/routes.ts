import { Hono } from "hono";
import { except } from "hono/combine";
import type { GatewayEnv } from "../gateway-env.ts";
import { KeptAnswers } from "../kept-answers.ts";
import type { RouteParts } from "../route-parts.ts";
import { countTokens } from "./count-tokens.ts";
import { createMessage } from "./messages/create-message.ts";
import type { KeptThreads } from "./messages/threads.ts";
import { listModels, retrieveModel } from "./models.ts";
import { anthropic } from "./surface.ts";

/** What is served below `/v1` for Anthropic's clients. Paths that OpenAI's have too go on to those. */
export function anthropicRoutes(parts: RouteParts): Hono<GatewayEnv> {
  const { signedIn, maxResponses } = parts;
  const threads: KeptThreads = new KeptAnswers(maxResponses);
  return new Hono<GatewayEnv>()
    .post("/messages", signedIn, createMessage(parts, threads))
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

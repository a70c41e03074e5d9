import { Hono } from "hono";
import { notEmulated } from "../http/answers.ts";
import { addAccountRoutes } from "./account-routes.ts";
import { completionAsync } from "./completion.ts";
import { addDeveloperRoutes } from "./developer/developer-routes.ts";
import { conversationTitle, directCompletion } from "./direct-completion.ts";
import type { EdgeContext, EdgeEnv } from "./edge-context.ts";
import { storeFile } from "./file-store-route.ts";
import { imageAsync } from "./image.ts";
import { listModels } from "./models/list-models.ts";
import { requireUser } from "./require-user.ts";
import { userStream } from "./user-stream.ts";
import { videoAsync } from "./video.ts";

/** The edge API: everything of the service that is not Supabase's. */
export function createEdgeApp(context: EdgeContext): Hono<EdgeEnv> {
  const app = new Hono<EdgeEnv>();
  const user = requireUser(context);
  app.get("/models", (c) => listModels(new URL(c.req.url).searchParams));
  app.post("/completion/async", user, (c) => completionAsync(context, c.var.userId, c.req.raw));
  app.post("/completion/conversation-title", user, (c) => conversationTitle(c.req.raw));
  app.post("/completion", user, (c) => directCompletion(context, c.var.userId, c.req.raw, c.env?.outgoing));
  app.post("/image_gen/async", user, (c) => imageAsync(context, c.var.userId, c.req.raw));
  app.post("/video/async", user, (c) => videoAsync(context, c.var.userId, c.req.raw));
  app.post("/file/store", user, (c) => storeFile(context, c.var.userId, c.req.raw));
  app.get("/user_stream/stream", user, (c) => userStream(context, "stream", c.var.userId, c.req.raw, c.env?.outgoing));
  app.get("/user_stream/sse", user, (c) => userStream(context, "sse", c.var.userId, c.req.raw, c.env?.outgoing));
  addAccountRoutes(app, context);
  addDeveloperRoutes(app, context);
  // the request handler knows what to say of what fails
  app.onError((error) => {
    throw error;
  });
  app.notFound((c) => notEmulated(c.req.raw));
  return app;
}

/** What it answers, as `POST /completion/async`. */
export function edgeRoutes(app: Hono<EdgeEnv>): string[] {
  return [...new Set(app.routes.map(({ method, path }) => `${method} ${path}`))];
}

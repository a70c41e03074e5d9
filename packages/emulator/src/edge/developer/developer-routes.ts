import type { Hono } from "hono";
import { json } from "../../http/answers.ts";
import type { EdgeContext, EdgeEnv } from "../edge-context.ts";
import { catalogue } from "../models/catalogue.ts";
import { chat } from "./chat.ts";
import { generateImage } from "./developer-image.ts";
import { createDeveloperTasks } from "./developer-tasks.ts";
import { seek } from "./knowledge-seek.ts";
import { requireKey } from "./require-key.ts";

const seekPaths = ["knowledge-base/seek", "seek-knowledge", "seek-knowledge/seek"] as const;

/** The developer API (wire 9): with an API key in place of a session. */
export function addDeveloperRoutes(app: Hono<EdgeEnv>, context: EdgeContext): void {
  const key = requireKey(context);
  const tasks = createDeveloperTasks(context);
  const models = (media: string): string[] =>
    Object.entries(catalogue).flatMap(([id, model]) => (model.media === media ? [id] : []));
  app.post("/external/use/llm", key, (c) => chat(context, c.var.userId, c.req.raw, c.env?.outgoing));
  for (const path of seekPaths) {
    app.post(`/external/use/${path}`, key, (c) => seek(context, c.var.userId, c.req.raw, c.env?.outgoing));
  }
  app.get("/external/use/knowledge-base/models", key, () => json(models("text")));
  app.get("/external/use/image/models", key, () => json({ success: true, data: models("image") }));
  app.get("/external/use/video/models", key, () => json({ success: true, data: models("video") }));
  app.post("/external/use/image/generate", key, (c) => generateImage(context, c.var.userId, c.req.raw));
  for (const kind of ["video", "music", "3d"] as const) {
    app.post(`/external/use/${kind}/generate`, key, (c) => tasks.submit(kind, c.var.userId, c.req.raw));
    app.get(`/external/use/${kind}/status`, key, (c) => tasks.status(kind, c.var.userId, c.req.query("task_id") ?? ""));
  }
}

import { Hono } from "hono";
import * as v from "valibot";
import { newKnowledgeBase } from "../edge/developer/knowledge-store.ts";
import { invalid, json, refusal } from "../http/answers.ts";
import { readJson } from "../http/read-body.ts";
import { scriptSchema } from "../model/scripted-reply.ts";
import { EmulatorOptionError } from "../option-error.ts";
import { someSettings } from "../settings.ts";
import { ImportError } from "../transfer/import-data.ts";
import { newUser, resetWish } from "../users/new-user.ts";
import { UserTakenError } from "../users/users.ts";
import { armFault } from "./arm-fault.ts";
import type { ControlContext } from "./control-context.ts";
import { readJournal } from "./read-journal.ts";

const clockMove: v.GenericSchema<unknown, { advanceMs?: number | undefined; setMs?: number | undefined }> =
  v.strictObject({ advanceMs: v.optional(v.number()), setMs: v.optional(v.number()) });

/** None of its fields has to be there, and so the body has not to be there either. */
const noWishes = {};

function userTaken(error: unknown): Response {
  if (error instanceof UserTakenError) return refusal(409, error.message, "user_taken");
  throw error;
}

/** `/__emulator/*`: what tests need in order to arrange and to look. */
export function createControlApp(context: ControlContext): Hono {
  const app = new Hono().basePath("/__emulator");
  app.get("/", () => json(context.addresses()));
  app.post("/users", async (c) => {
    const read = await readJson(newUser, c.req.raw, noWishes);
    if (!read.ok) return read.response;
    return context.createUser(read.value).then((user) => json(user, 201), userTaken);
  });
  app.post("/knowledge-bases", async (c) => {
    const read = await readJson(newKnowledgeBase, c.req.raw);
    return read.ok ? json(await context.createKnowledgeBase(read.value), 201) : read.response;
  });
  app.post("/reset", async (c) => {
    const read = await readJson(resetWish, c.req.raw, noWishes);
    if (!read.ok) return read.response;
    return context.reset(read.value).then(() => json(context.addresses()), userTaken);
  });
  app.get("/status", async () => json(await context.status()));
  app.get("/export", () => {
    return new Response(context.exportData(), { headers: { "content-type": "application/jsonl" } });
  });
  app.post("/import", async (c) => {
    try {
      await context.importData(c.req.raw.body ?? new Blob([]).stream());
      return json(context.addresses());
    } catch (error) {
      if (error instanceof ImportError) return refusal(422, error.message, "not_imported");
      throw error;
    }
  });
  app.post("/snapshot", async () => json({ id: await context.snapshot() }, 201));
  app.post("/restore/:id", async (c) => {
    const found = await context.restore(c.req.param("id"));
    return found ? json({ id: c.req.param("id") }) : refusal(404, "No such snapshot");
  });
  app.post("/faults", async (c) => armFault(context.faults, c.req.raw));
  app.get("/faults", () => json(context.faults.list()));
  app.delete("/faults", () => {
    context.faults.remove();
    return new Response(null, { status: 204 });
  });
  app.delete("/faults/:id", (c) => {
    context.faults.remove(c.req.param("id"));
    return new Response(null, { status: 204 });
  });
  app.post("/script", async (c) => {
    const read = await readJson(scriptSchema, c.req.raw);
    if (!read.ok) return read.response;
    context.script.add(read.value);
    return json(read.value, 201);
  });
  app.delete("/script", () => {
    context.script.clear();
    return new Response(null, { status: 204 });
  });
  app.get("/clock", () => json({ nowMs: context.clock.now() }));
  app.post("/clock", async (c) => {
    const read = await readJson(clockMove, c.req.raw);
    if (!read.ok) return read.response;
    const { setMs, advanceMs } = read.value;
    try {
      if (setMs !== undefined) context.clock.set(setMs);
      if (advanceMs !== undefined) context.clock.advance(advanceMs);
    } catch (error) {
      if (!(error instanceof EmulatorOptionError)) throw error;
      return invalid([{ loc: ["body"], msg: error.message, type: "value_error" }]);
    }
    return json({ nowMs: context.clock.now() });
  });
  app.get("/settings", () => json(context.settings));
  app.post("/settings", async (c) => {
    const read = await readJson(someSettings, c.req.raw);
    if (!read.ok) return read.response;
    Object.assign(context.settings, read.value);
    return json(context.settings);
  });
  app.get("/emails", (c) => {
    const to = c.req.query("to");
    return json(context.emails.filter((email) => to === undefined || email.to === to));
  });
  app.get("/journal", (c) => readJournal(context.journal, new URL(c.req.url).searchParams));
  app.delete("/journal", () => {
    context.journal.clear();
    return new Response(null, { status: 204 });
  });
  // the request handler knows what to say of what fails
  app.onError((error) => {
    throw error;
  });
  app.notFound((c) => invalid([{ loc: ["path"], msg: `No control ${c.req.method} ${c.req.path}`, type: "not_found" }]));
  return app;
}

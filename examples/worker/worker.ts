// Relays texts as they are written, keeps pictures in R2, and its session in a Durable Object.
import { DurableObject } from "cloudflare:workers";
import {
  durableObjectSessionStore,
  Flowith,
  FlowithError,
  type Session,
  type SessionStore,
} from "flowith-webapi/worker";
import { type Context, Hono } from "hono";

interface Bindings {
  SESSION: DurableObjectNamespace<FlowithSession>;
  PICTURES: R2Bucket;
  FLOWITH_REFRESH_TOKEN: string;
  FLOWITH_EDGE_URL?: string;
  FLOWITH_SUPABASE_URL?: string;
  FLOWITH_SUPABASE_KEY?: string;
}

/** One object for all requests everywhere, so that a refresh token is spent once only. */
export class FlowithSession extends DurableObject implements SessionStore {
  readonly #store = durableObjectSessionStore(this.ctx.storage);

  load(): Promise<Session | null> {
    return this.#store.load();
  }

  save(session: Session): Promise<void> {
    return this.#store.save(session);
  }

  clear(): Promise<void> {
    return this.#store.clear();
  }
}

const app = new Hono<{ Bindings: Bindings }>();

/** A client a request: making one costs nothing, and streams must not be shared between requests. */
function flowithOf({ env, executionCtx }: Context<{ Bindings: Bindings }>): Flowith {
  const session = env.SESSION.get(env.SESSION.idFromName("session"));
  return new Flowith({
    refreshToken: env.FLOWITH_REFRESH_TOKEN,
    store: { load: () => session.load(), save: (next) => session.save(next), clear: () => session.clear() },
    edgeUrl: env.FLOWITH_EDGE_URL,
    supabaseUrl: env.FLOWITH_SUPABASE_URL,
    supabaseKey: env.FLOWITH_SUPABASE_KEY,
    waitUntil: (work) => executionCtx.waitUntil(work),
  });
}

// Read it with readGeneration(response) on the other side.
app.get("/text", (c) => {
  const prompt = c.req.query("prompt") ?? "Two lines of verse about the sea.";
  return flowithOf(c).generateStream(prompt, { signal: c.req.raw.signal }).toResponse();
});

app.post("/pictures", async (c) => {
  const { image } = await flowithOf(c).generateImage((await c.req.text()) || "A lighthouse");
  const saved = await image.save(c.env.PICTURES, { key: `${crypto.randomUUID()}.png` });
  return c.json(saved, 201);
});

app.get("/pictures/:key", async (c) => {
  const picture = await c.env.PICTURES.get(c.req.param("key"));
  if (picture === null) return c.notFound();
  return new Response(picture.body, { headers: { "content-type": picture.httpMetadata?.contentType ?? "image/png" } });
});

app.onError((error, c) => {
  if (!FlowithError.is(error)) throw error;
  return c.json(error.toJSON(), 502);
});

export default app;

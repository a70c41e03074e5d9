import type { PortCall } from "@flowith-webapi/core";
import { createClient } from "@supabase/supabase-js";
import { describe, expect, it } from "vitest";
import { createBackend } from "./create-backend.ts";
import type { Database } from "./database.types.ts";

const KEY = "sb_publishable_key";
const context = {
  supabaseUrl: "https://supabase.test/",
  supabaseKey: KEY,
  verifierStore: { get: async () => null, set: async () => undefined, delete: async () => undefined },
  logger: console,
};

/** A call whose fetch keeps what it is asked for. */
function recordedCall(answer: () => Response = () => Response.json([])) {
  const sent: { url: string; method: string | undefined; headers: Record<string, string>; body: unknown }[] = [];
  const fetch: PortCall["fetch"] = async (input, init) => {
    const headers = Object.fromEntries(new Headers(init?.headers));
    sent.push({ url: String(input), method: init?.method, headers, body: init?.body });
    return answer();
  };
  return { call: { fetch, signal: new AbortController().signal }, sent };
}

describe("the rows of a call", () => {
  it("go out by that call's fetch as a whole supabase-js client sends them, but for the token", async () => {
    const { call, sent } = recordedCall();
    const { canvas, account, presence } = createBackend(context);
    await account.profile("7", call);
    await canvas.updateConversation("7", { title: "T" }, call);
    await presence.remove("s", call);
    const whole = recordedCall();
    const { fetch } = whole.call;
    const client = createClient<Database>(context.supabaseUrl, KEY, { global: { fetch } });
    await client.from("user_profile").select("*").eq("id", "7");
    await client.from("conversation").update({ title: "T" }).eq("id", "7").select("*");
    await client.rpc("remove_online_session", { p_session_id: "s" });
    for (const { headers } of whole.sent) delete headers.authorization;
    expect(sent).toEqual(whole.sent);
    expect(sent[0]?.headers).toMatchObject({ apikey: KEY, "accept-profile": "public" });
  });

  it("fail with what the fetch throws, unchanged and at once", async () => {
    const failure = new Error("typed already");
    const { call, sent } = recordedCall(() => {
      throw failure;
    });
    await expect(createBackend(context).content.notices(call)).rejects.toBe(failure);
    expect(sent).toHaveLength(1);
  });

  it("go through the caller's own client where there is one, which is told the call's signal", async () => {
    const { call, sent } = recordedCall();
    const signals: unknown[] = [];
    const fetch = async (_input: unknown, init?: RequestInit): Promise<Response> => {
      signals.push(init?.signal);
      return Response.json([]);
    };
    const own = createClient<Database>(context.supabaseUrl, KEY, { global: { fetch } });
    await createBackend(context, own).content.notices(call);
    expect(signals).toHaveLength(1);
    expect(signals[0]).toBe(call.signal);
    expect(sent).toEqual([]);
  });
});

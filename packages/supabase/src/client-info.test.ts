import { createClient } from "@supabase/supabase-js";
import { expect, it } from "vitest";
import { clientInfo } from "./client-info.ts";

it("is what supabase-js itself sends here", async () => {
  let sent: string | null = null;
  const fetch = async (_input: unknown, init?: RequestInit): Promise<Response> => {
    sent = new Headers(init?.headers).get("x-client-info");
    return Response.json([]);
  };
  await createClient("http://supabase.test", "key", { global: { fetch } }).from("conversation").select("*");
  expect(clientInfo()).toBe(sent);
});

it.each([
  [{ navigator: { userAgent: "Cloudflare-Workers" }, process: { version: "v22.0.0" } }, "platform=cloudflare-workers"],
  [{ Deno: { version: { deno: "2.9.6" } }, process: { version: "v24.0.0" } }, "runtime=deno; runtime-version=2.9.6"],
  [
    { Deno: { version: { deno: "2.1.4" } }, EdgeRuntime: {}, SUPABASE_VERSION: "1.2" },
    "platform=edge-runtime; platform-version=1.2; runtime=deno; runtime-version=2.1.4",
  ],
  [{ Deno: { version: { deno: "2.1.4" } }, Netlify: {} }, "platform=netlify-edge; runtime=deno; runtime-version=2.1.4"],
  [{ Bun: { version: "1.4.4" }, process: { version: "v24.0.0" } }, "runtime=bun; runtime-version=1.4.4"],
  [{ EdgeRuntime: "edge-runtime", process: {} }, "platform=vercel-edge-runtime"],
  [{ navigator: { product: "ReactNative" }, document: {} }, "framework=react-native"],
  [{ navigator: { userAgent: "Mozilla/5.0" }, document: {} }, "platform=browser"],
  [{ navigator: { userAgent: "Mozilla/5.0" }, WorkerGlobalScope: class {} }, "platform=browser"],
  [
    { navigator: { userAgent: "Chrome/140 Electron/38.1.0" }, document: {} },
    "platform=browser; framework=electron; framework-version=38.1.0",
  ],
  [
    { process: { version: "v22.9.0", versions: { electron: "38.1.0" } } },
    "runtime=node; runtime-version=22.9.0; framework=electron; framework-version=38.1.0",
  ],
  [{}, "runtime=node"],
])("names the runtime of %o", (globals, environment) => {
  expect(clientInfo(globals).split("; ").slice(1).join("; ")).toBe(environment);
});

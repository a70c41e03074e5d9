import type { PortCall } from "@flowith-webapi/core";
import { expect, it, vi } from "vitest";
import { createAuth } from "./auth.ts";

it("begins no sign-in where there is no crypto.subtle, since its challenge would be the verifier itself", async () => {
  const verifierStore = { get: vi.fn(), set: vi.fn(), delete: vi.fn() };
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const auth = createAuth({ supabaseUrl: "https://supabase.test", supabaseKey: "key", verifierStore, logger });
  const call: PortCall = { fetch: vi.fn(), signal: new AbortController().signal };
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const request = { provider: "google", redirectTo: "http://app.test", scopes: undefined, queryParams: {} };
  const started = auth.startOAuth(request, call);
  await expect(started).rejects.toThrow(/crypto\.subtle.* https: and localhost only/);
  await expect(started).rejects.toMatchObject({ name: "InvalidArgumentError" });
  vi.unstubAllGlobals();
  expect(verifierStore.set).not.toHaveBeenCalled();
  expect(call.fetch).not.toHaveBeenCalled();
});

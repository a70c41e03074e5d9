import { ConnectionError, type PortCall } from "@flowith-webapi/core";
import { afterEach, expect, it, vi } from "vitest";
import { createAuth } from "./auth.ts";

const context = {
  supabaseUrl: "https://supabase.test",
  supabaseKey: "key",
  verifierStore: { get: async () => null, set: async () => undefined, delete: async () => undefined },
  logger: console,
};

function recordedCall() {
  const sent: string[] = [];
  const fetch: PortCall["fetch"] = async (input) => {
    sent.push(String(input));
    return Response.json({ id: "7", email: "x@example.com" });
  };
  return { call: { fetch, signal: new AbortController().signal }, sent };
}

afterEach(() => {
  vi.doUnmock("@supabase/auth-js");
  vi.resetModules();
});

it("a part that cannot be loaded is a ConnectionError before any request, and is tried again by the next call", async () => {
  const lost = new TypeError("Failed to fetch dynamically imported module");
  vi.doMock("@supabase/auth-js", () => {
    throw lost;
  });
  const auth = createAuth(context);
  const { call, sent } = recordedCall();
  const error = await auth.user("token", call).catch((reason: unknown) => reason);
  expect(error).toSatisfy(ConnectionError.is);
  expect(error).toMatchObject({ isUnsent: true, isRetryable: true });
  expect(String(error)).toMatch(/signs in.*could not be loaded.*nothing was sent/);
  expect(sent).toEqual([]);
  vi.doUnmock("@supabase/auth-js");
  expect(await auth.user("token", call)).toMatchObject({ id: "7" });
  expect(sent).toEqual(["https://supabase.test/auth/v1/user"]);
});

it("a refresh, which every program makes, and the address of a provider's page load nothing", async () => {
  vi.doMock("@supabase/auth-js", () => {
    throw new Error("loaded");
  });
  const auth = createAuth(context);
  const { call } = recordedCall();
  expect(await auth.refresh("refresh-token", call)).toMatchObject({ id: "7" });
  const asked = { provider: "google", redirectTo: "https://example.com", scopes: undefined, queryParams: {} };
  expect(auth.oauthUrl(asked)).toContain("/auth/v1/authorize?provider=google");
});

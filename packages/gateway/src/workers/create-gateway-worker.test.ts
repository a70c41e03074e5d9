import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { createGatewayWorker, type UserObjects } from "./create-gateway-worker.ts";

/** The unpatched client of a Worker with these objects. */
function openaiOf(users: UserObjects | undefined, apiKey = "flo_key"): OpenAI {
  const { handler } = createGatewayWorker<{ USERS: UserObjects }>({ users: (env) => env.USERS });
  const env: { USERS: UserObjects } = JSON.parse("{}");
  if (users !== undefined) env.USERS = users;
  return new OpenAI({
    baseURL: "http://gateway.test/v1",
    apiKey,
    maxRetries: 0,
    fetch: (address, init) => handler.fetch(new Request(address, init), env),
  });
}

describe("a Worker", () => {
  it("asks the object that has the account's name", async () => {
    const names: string[] = [];
    const users: UserObjects = {
      getByName: (name) => {
        names.push(name);
        return { fetch: async () => Response.json({ object: "list", data: [] }) };
      },
    };
    for (const key of ["one", "two", "one"]) await openaiOf(users, key).models.list();
    expect(names[0]).toMatch(/^own:[\da-f]{64}$/);
    expect(names[2]).toBe(names[0]);
    expect(names[1]).not.toBe(names[0]);
  });

  it("tells a client to come back where the object was reset", async () => {
    const users: UserObjects = {
      getByName: () => ({ fetch: () => Promise.reject(new TypeError("Durable Object reset: secret")) }),
    };
    const error = await openaiOf(users)
      .models.list()
      .then(undefined, (reason: unknown) => reason);
    expect(error).toMatchObject({ status: 503, code: "unavailable" });
    expect(error).toHaveProperty("headers", expect.any(Headers));
    expect(String(error)).not.toContain("secret");
  });

  it("says what is missing where it has no objects", async () => {
    await expect(openaiOf(undefined).models.list()).rejects.toMatchObject({ status: 500, code: "no_binding" });
  });

  it("makes no object of a request that belongs to nobody", async () => {
    const users: UserObjects = {
      getByName: () => {
        throw new Error("An object was made.");
      },
    };
    const { handler } = createGatewayWorker({ users: () => users });
    for (const [path, status] of [
      ["/v1/models", 401],
      ["/elsewhere", 404],
    ] as const) {
      const headers: Record<string, string> = path === "/elsewhere" ? { authorization: "Bearer flo_key" } : {};
      const response = await handler.fetch(new Request(`http://gateway.test${path}`, { headers }), {});
      expect(response.status).toBe(status);
    }
  });
});

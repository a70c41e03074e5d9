import { describe, expect, it } from "vitest";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { RateLimitError } from "../errors/rate-limit-error.ts";
import { limitsOf } from "../options/limits.ts";
import { leveledLogger } from "../options/logger.ts";
import { AuthorizedClient, type AuthorizedRequest, type TokenSource } from "./authorized-client.ts";
import { repeatAfter } from "./repeat-after.ts";
import { Transport } from "./transport.ts";

interface Setting {
  /** Answered in turn; 200 from then on. */
  statuses?: number[];
  authScheme?: "bare" | "bearer";
  tokens?: Partial<TokenSource>;
}

/** A client of the token `first`, which is renewed as `second`, and what it has sent. */
function setting({ statuses = [], authScheme = "bare", tokens = {} }: Setting = {}) {
  const sent: (string | null)[] = [];
  const attempts: number[] = [];
  const refused: string[] = [];
  const transport = new Transport({
    repeat: repeatAfter,
    fetch: async (_url, init) => {
      sent.push(new Headers(init?.headers).get("authorization"));
      const status = statuses[sent.length - 1] ?? 200;
      return new Response("{}", { status, headers: { "retry-after": "0" } });
    },
    middleware: [
      (request, next, { attempt }) => {
        attempts.push(attempt);
        return next(request);
      },
    ],
    headers: {},
    maxRetries: 2,
    logger: leveledLogger(undefined, "silent"),
  });
  const source: TokenSource = {
    accessToken: async () => "first",
    renew: async (token) => {
      refused.push(token);
      return "second";
    },
    ...tokens,
  };
  const client = new AuthorizedClient(transport, source, authScheme);
  const text = (request: Partial<AuthorizedRequest> = {}) =>
    client.text({
      kind: "edge",
      method: "GET",
      url: "https://service.example/path",
      repeat: "safe",
      limits: limitsOf("request"),
      ...request,
    });
  return { text, sent, attempts, refused };
}

describe("the authorization of a request", () => {
  it("has the token in the edge's form, and as a bearer for Supabase", async () => {
    const bare = setting();
    for (const kind of ["edge", "rows", "auth"] as const) await bare.text({ kind });
    expect(bare.sent).toEqual(["first", "Bearer first", "Bearer first"]);
    const bearer = setting({ authScheme: "bearer" });
    await bearer.text();
    expect(bearer.sent).toEqual(["Bearer first"]);
  });

  it("stays as the request brings it along, until it is refused", async () => {
    const { text, sent, refused } = setting({ statuses: [401] });
    await text({ kind: "auth", headers: { authorization: "Bearer ending" } });
    expect({ sent, refused }).toEqual({ sent: ["Bearer ending", "Bearer second"], refused: ["ending"] });
  });

  it("is left out where the token is optional and there is none, and for no other failure", async () => {
    const none = setting({ tokens: { accessToken: () => Promise.reject(new AuthenticationError("none")) } });
    await none.text({ isTokenOptional: true });
    expect(none.sent).toEqual([null]);
    await expect(none.text()).rejects.toMatchObject({ name: "AuthenticationError" });
    const broken = setting({ tokens: { accessToken: () => Promise.reject(new Error("the store is broken")) } });
    await expect(broken.text({ isTokenOptional: true })).rejects.toThrow("the store is broken");
    expect(broken.sent).toEqual([]);
  });

  it.each(["edge", "rows", "auth"] as const)(
    "is had once by a request of %s, whose repeats would multiply those of a refresh",
    async (kind) => {
      let asked = 0;
      const fail = (): Promise<string> => {
        asked++;
        return Promise.reject(
          new RateLimitError("too often", { status: 429, headers: new Headers(), body: undefined }),
        );
      };
      await expect(setting({ tokens: { accessToken: fail } }).text({ kind })).rejects.toThrow("too often");
      expect(asked).toBe(1);
      const refused = setting({ statuses: [401], tokens: { renew: fail } });
      await expect(refused.text({ kind })).rejects.toThrow("too often");
      expect(asked).toBe(2);
      expect(refused.sent).toHaveLength(1);
    },
  );
});

describe("a refused token", () => {
  it("is renewed within the attempt, which costs none of the repeats", async () => {
    const { text, sent, attempts } = setting({ statuses: [401, 503, 200] });
    expect(await text()).toMatchObject({ status: 200 });
    expect(sent).toEqual(["first", "second", "first"]);
    expect(attempts).toEqual([0, 0, 1]);
  });

  it("is renewed once: the second refusal is thrown", async () => {
    const { text, sent, refused } = setting({ statuses: [401, 401] });
    await expect(text()).rejects.toMatchObject({ name: "AuthenticationError", status: 401 });
    expect({ sent, refused }).toEqual({ sent: ["first", "second"], refused: ["first"] });
  });

  it("is what the error says where nothing can renew it", async () => {
    const { text, sent } = setting({ statuses: [401], tokens: { renew: async () => undefined } });
    await expect(text()).rejects.toMatchObject({ name: "AuthenticationError", status: 401 });
    expect(sent).toEqual(["first"]);
  });

  it("is renewed for the calls to come where the body can be made once only", async () => {
    const { text, sent, refused } = setting({ statuses: [401] });
    await expect(text({ isBodyOnce: true })).rejects.toMatchObject({ status: 401 });
    expect({ sent, refused }).toEqual({ sent: ["first"], refused: ["first"] });
  });

  it("is told from another refusal, which renews nothing", async () => {
    const { text, refused } = setting({ statuses: [403] });
    await expect(text()).rejects.toMatchObject({ name: "PermissionError" });
    expect(refused).toEqual([]);
  });
});

import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { RequestKind } from "./request-kind.ts";
import { responseError } from "./response-error.ts";

function refuse(status: number, text: string, headers: Record<string, string> = {}, kind: RequestKind = "edge") {
  return responseError({ kind, label: "POST /x", status, headers: new Headers(headers), text });
}

describe("responseError", () => {
  it.each([
    [401, "{}", "AuthenticationError"],
    [403, '{"message":"JWT expired"}', "AuthenticationError"],
    [403, '{"error_code":"bad_jwt","msg":"x"}', "AuthenticationError"],
    [403, '{"error_code":"session_not_found","msg":"x"}', "AuthenticationError"],
    [403, '{"error":"You have reached your monthly token limit"}', "PermissionError"],
    [403, '{"code":"42501","message":"new row violates row-level security policy for table token"}', "PermissionError"],
    [402, "{}", "InsufficientCreditsError"],
    [400, '{"error":"Insufficient credits"}', "InsufficientCreditsError"],
    [404, "", "NotFoundError"],
    [409, "{}", "ConflictError"],
    [422, '{"detail":[{"loc":["body","model"],"msg":"field required"}]}', "ValidationError"],
    [429, "{}", "RateLimitError"],
    [500, "<html>", "ServerError"],
    [418, "teapot", "APIError"],
  ])("%i %s is a %s", (status, text, name) => {
    const error = refuse(status, text);
    expect(error).toMatchObject({ name, status });
    expect(error.message).toMatch(/^POST \/x answered \d{3}/);
  });

  it("tells a redirect of the service by what can be done, and takes for none what is none", () => {
    for (const status of [0, 301, 302, 307, 308]) expect(refuse(status, "").message).toMatch(/redirected.*edgeUrl/);
    expect(refuse(304, "").message).toBe("POST /x answered 304.");
  });

  it.each([
    [401, "{}", "APIError"],
    [402, "{}", "APIError"],
    [403, '{"error_code":"bad_jwt","message":"JWT expired"}', "APIError"],
    [400, '{"error":"Insufficient credits"}', "APIError"],
    [404, "", "NotFoundError"],
    [429, "{}", "RateLimitError"],
    [503, "", "ServerError"],
  ])("%i %s of a file host is a %s, and says nothing of our token, user or credits", (status, text, name) => {
    const error = refuse(status, text, {}, "download");
    expect(error).toMatchObject({ name, status });
    expect(error.message).not.toMatch(/token|credits for|user|sign in|The service/);
  });

  it("reads Retry-After as seconds and as a date", () => {
    expect(refuse(429, "", { "retry-after": "7" })).toMatchObject({ retryAfterMs: 7000 });
    const date = new Date(Date.now() + 60_000).toUTCString();
    const error = refuse(429, "", { "retry-after": date });
    expect(error).toHaveProperty("retryAfterMs", expect.closeTo(60_000, -4));
  });

  it.each(["-5", "1, 2", "soon", "0x10", "1e3", "", "Infinity"])("takes the Retry-After %j for none", (value) => {
    expect(refuse(429, "", { "retry-after": value })).not.toHaveProperty("retryAfterMs");
  });

  it("says when to come again also of a service that failed", () => {
    const error = refuse(503, "", { "retry-after": "7" });
    expect(error).toMatchObject({ name: "ServerError", retryAfterMs: 7000 });
    expect(error.message).toBe("POST /x answered 503. The service failed; try again in 7 s.");
    expect(error.toJSON()).toMatchObject({ retryAfterMs: 7000 });
    expect(refuse(500, "")).not.toHaveProperty("retryAfterMs");
  });

  it.each([300, 302, 304])(
    "says of a %i without a way on what it is, and of a file host nothing of options",
    (status) => {
      const isRedirect = status !== 304;
      expect(refuse(status, "", {}, "edge").message.includes("Check the edgeUrl option.")).toBe(isRedirect);
      expect(refuse(status, "", {}, "rows").message.includes("Check the supabaseUrl option.")).toBe(isRedirect);
      expect(refuse(status, "", {}, "download").message).toBe(`POST /x answered ${status}, which is no file.`);
    },
  );

  it("names the field that a validation is about, a proxy's page, and no token", () => {
    expect(refuse(422, '{"detail":[{"loc":["body","model"],"msg":"field required"}]}').message).toContain(
      "body.model: field required",
    );
    expect(refuse(404, '{"message":"There is none."}').message).toBe("POST /x answered 404: There is none.");
    expect(refuse(502, "<!doctype html><h1>Bad gateway</h1>").message).toContain("an HTML page");
    const token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
    expect(refuse(400, JSON.stringify({ message: `bad ${token}` })).message).not.toContain(token);
  });

  it.each([
    [
      "<!doctype html><title>Bad  gateway</title><h1>x</h1>",
      ': an HTML page ("Bad gateway"), so probably a proxy in between.',
    ],
    ["\ufeff <html><body>x", ": an HTML page, so probably a proxy in between."],
    [
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
      ": AccessDenied: Request has expired.",
    ],
    ["<rss><channel/></rss>", ": an XML document."],
    ["<error><code>denied</code><message>no way</message></error>", ": denied: no way."],
    ["<Error><Code>X</Code><Message><![CDATA[a <b> c]]></Message></Error>", ": X: a <b> c."],
    ["<not markup", ": <not markup."],
    ["<nil> pointer", ": <nil> pointer."],
    ["<- no host answers >", ": <- no host answers >."],
    [`<title>${"<title>".repeat(5_000)}`, ": an HTML page, so probably a proxy in between."],
  ])("gives the words of a document: %s", (text, words) => {
    expect(refuse(400, text).message).toBe(`POST /x answered 400${words}`);
  });

  it("blanks secrets before it cuts, and cuts no character", () => {
    const token = `eyJhbGciOiJFUzI1NiJ9.${"p".repeat(100)}.c2lnbmF0dXJl`;
    const { message } = refuse(400, `${"a".repeat(150)} ${token} ${"😀".repeat(100)}`);
    expect(message).toBe(`POST /x answered 400: ${"a".repeat(150)} [token] ${"😀".repeat(40)}….`);
  });

  it("shows nothing of an answer where it is printed, listed or sent on, and knows what the request held", () => {
    const token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
    const [refresh, headers] = ["abcdefghijkl", new Headers({ "x-request-id": token, authorization: token })];
    const text = JSON.stringify({ detail: [{ msg: `no ${refresh}`, token }] });
    const error = responseError({ kind: "auth", label: "POST /x", status: 422, headers, text, secrets: [refresh] });
    expect(error).toMatchObject({
      body: JSON.parse(text),
      requestId: "[token]",
      message: expect.stringMatching(/: no \[redacted]\.$/),
    });
    for (const shown of [inspect(error), JSON.stringify(error), JSON.stringify({ ...error }), inspect({ ...error })]) {
      expect(shown).toContain("ValidationError");
      expect(shown).not.toContain("eyJ");
      expect(shown).not.toContain(refresh);
    }
  });

  it("keeps an upload's other refusals apart", () => {
    expect(refuse(413, "{}", {}, "upload")).toMatchObject({ name: "FileUploadError", status: 413 });
    expect(refuse(401, "{}", {}, "upload")).toMatchObject({ name: "AuthenticationError" });
  });

  it("tells its kind across copies of the package", () => {
    const error = refuse(429, "");
    const foreign = { [Symbol.for("flowith-webapi.error.RateLimitError")]: true };
    const kind = Object.getPrototypeOf(error).constructor;
    expect(kind.is(error)).toBe(true);
    expect(kind.is(foreign)).toBe(true);
    expect(kind.is(new Error("other"))).toBe(false);
  });
});

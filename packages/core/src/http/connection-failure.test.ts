import { expect, it } from "vitest";
import { NotFoundError } from "../errors/not-found-error.ts";
import { connectionError, fetchError } from "./connection-failure.ts";

const edge = { kind: "edge" as const, label: "GET /models", url: "https://edge.example:8443/models" };
const file = { kind: "download" as const, label: "GET /a.png", url: "https://files.example/a.png" };

function failed(message: string, cause?: object): TypeError {
  return new TypeError(message, cause && { cause });
}

it.each([
  [
    edge,
    failed("fetch failed", { code: "ECONNREFUSED" }),
    "GET /models could not reach edge.example:8443 (ECONNREFUSED). Check the network and the edgeUrl option.",
  ],
  [
    { ...edge, kind: "rows" as const },
    failed("Failed to fetch"),
    "GET /models lost the connection to edge.example:8443 (Failed to fetch). Check the network and the supabaseUrl option.",
  ],
  [
    edge,
    failed("fetch failed", new Error()),
    "GET /models lost the connection to edge.example:8443 (fetch failed). Check the network and the edgeUrl option.",
  ],
  [
    file,
    failed("fetch failed", { code: "ENOTFOUND" }),
    "GET /a.png could not reach files.example (ENOTFOUND). Check the network, or try again later.",
  ],
  [
    file,
    failed("fetch failed", new Error("redirect count exceeded")),
    "GET /a.png was redirected again and again by files.example (redirect count exceeded).",
  ],
  // React Native's words.
  [
    file,
    failed("Network request failed"),
    "GET /a.png lost the connection to files.example (Network request failed). Check the network, or try again later.",
  ],
  // Node says no more of a 407.
  [
    file,
    failed("fetch failed", new Error("")),
    "GET /a.png lost the connection to files.example (fetch failed). Check the network, or try again later.",
  ],
  [
    file,
    failed('UnsupportedRedirectProtocol fetching "https://files.example/a.png"', {
      code: "UnsupportedRedirectProtocol",
    }),
    "GET /a.png was redirected by files.example to an address that is not fetched (UnsupportedRedirectProtocol).",
  ],
  [
    file,
    failed("Fetch failed: Can not redirect to a non HTTP(s) url"),
    "GET /a.png was redirected by files.example to an address that is not fetched (Fetch failed: Can not redirect to a non HTTP(s) url).",
  ],
  [
    file,
    failed("fetch failed", new Error("URL scheme must be a HTTP(S) scheme")),
    "GET /a.png was redirected by files.example to an address that is not fetched (URL scheme must be a HTTP(S) scheme).",
  ],
  [
    file,
    failed("fetch failed", Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL" })),
    "GET /a.png was redirected by files.example to an address that is not fetched (ERR_INVALID_URL).",
  ],
  [
    edge,
    failed("Failed to parse URL from [object Request]", { code: "ERR_INVALID_URL" }),
    "GET /models could not be sent: Failed to parse URL from [object Request]. The network was not asked: this is of the fetch in use.",
  ],
  [
    edge,
    failed('RequestInit: Expected signal ("AbortSignal {}") to be an instance of AbortSignal.'),
    'GET /models could not be sent: RequestInit: Expected signal ("AbortSignal {}") to be an instance of AbortSignal. The network was not asked: this is of the fetch in use.',
  ],
  [
    { kind: "rows" as const, label: "A request to the tables" },
    failed("fetch failed"),
    "A request to the tables lost the connection (fetch failed). Check the network and the supabaseUrl option.",
  ],
])("names the cause and the host: %#", (request, thrown, message) => {
  expect(fetchError(request, thrown)).toMatchObject({ name: "ConnectionError", message, cause: thrown });
});

it("asks for no second attempt where the network is not allowed", () => {
  const denied = Object.assign(new Error('Requires net access to "edge.example"'), { name: "NotCapable" });
  expect(fetchError(edge, denied)).toMatchObject({ isRetryable: false, isUnsent: true });
  expect(fetchError(edge, failed("fetch failed"))).toHaveProperty("isRetryable", true);
});

it("shows no address with its query", () => {
  const thrown = failed(
    "error sending request for url (https://edge.example/models?key=hunter2): client error (Connect)",
  );
  expect(fetchError(edge, thrown)).toHaveProperty(
    "message",
    expect.stringContaining("(error sending request: client error (Connect))"),
  );
});

it("tells a Deno without the permission which flag gives it", () => {
  const denied = Object.assign(new Error('Requires net access to "edge.example:8443"'), { name: "NotCapable" });
  expect(fetchError(edge, denied)).toMatchObject({
    message:
      "GET /models: Deno may not reach edge.example:8443. Run it with --allow-net=edge.example:8443, with the hosts of edgeUrl and supabaseUrl both.",
    isUnsent: true,
  });
  const wrapped = failed('client error (Connect): Requires net access to "x:1", run again with the --allow-net flag');
  expect(fetchError(edge, wrapped)).toHaveProperty("message", expect.stringContaining("--allow-net=edge.example:8443"));
  expect(fetchError(file, denied)).toHaveProperty("message", expect.stringMatching(/--allow-net=files\.example\.$/));
});

it("takes what the platforms throw for their network, and passes on all else", () => {
  const ours = new NotFoundError("x", { status: 404, headers: new Headers(), body: undefined });
  const network = [
    new DOMException("aborted", "AbortError"),
    new Error("Network connection lost."),
    Object.assign(new Error("x"), { code: "ConnectionClosed" }),
    Object.assign(new Error("connection reset"), { name: "ConnectionReset" }),
    { name: "TypeError", message: "Load failed" },
  ];
  for (const thrown of network) expect(fetchError(edge, thrown)).toHaveProperty("name", "ConnectionError");
  const others = [
    ours,
    Object.assign(new TypeError("fetch failed"), { digest: "DYNAMIC_SERVER_USAGE" }),
    Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;/;307;" }),
    new Error("no tests today"),
    new RangeError("x"),
    "thrown",
    undefined,
  ];
  for (const thrown of others) expect(fetchError(edge, thrown)).toBe(thrown);
  // What breaks a body is not thrown by a fetch of somebody's own.
  expect(connectionError(edge, new Error("3 of 9 bytes came"))).toHaveProperty("name", "ConnectionError");
});

it.each([
  ["UND_ERR_HEADERS_TIMEOUT", "connect", /GET \/x: no response headers came .*300000 ms.*headersTimeout/],
  ["UND_ERR_BODY_TIMEOUT", "idle", /GET \/x: not a byte came .*300000 ms.*bodyTimeout/],
])("a limit of the platform's own is a TimeoutError: %s", (code, phase, message) => {
  const cause = failed("fetch failed", { code });
  expect(connectionError({ kind: "edge", label: "GET /x" }, cause)).toMatchObject({
    name: "TimeoutError",
    phase,
    limitMs: 300_000,
    message: expect.stringMatching(message),
    cause,
  });
});

it.each([
  ["UND_ERR_CONNECT_TIMEOUT", true],
  ["ECONNREFUSED", true],
  ["UND_ERR_SOCKET", false],
  ["ECONNRESET", false],
])("all else is a ConnectionError, which says where nothing was sent: %s", (code, isUnsent) => {
  expect(connectionError({ kind: "edge", label: "GET /x" }, failed("fetch failed", { code }))).toMatchObject({
    name: "ConnectionError",
    isUnsent,
  });
});

import * as fc from "fast-check";

/** One answer of a server that may be any: `ECHO` in it stands for what the request held that is secret. */
export type RandomAnswer =
  | { kind: "answer"; status: number; headers: Record<string, string>; body: string; breaks: boolean }
  | { kind: "throw"; error: unknown };

export const ECHO = "%ECHO%";

const id = fc.constantFrom("0b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11", "1b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b12");
const word = fc.oneof(
  fc.constantFrom(
    "",
    "init",
    "done",
    "failed",
    "error",
    "gpt-4.1-nano",
    ECHO,
    `no such ${ECHO}.`,
    "https://files.test/a.png",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const scalar = fc.oneof(word, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));

/** What the readers look for, with values that are right, wrong or absent. */
const record = fc.record(
  {
    id: fc.oneof(id, scalar),
    nodeId: fc.oneof(id, scalar),
    conv_id: fc.oneof(id, scalar),
    type: fc.constantFrom("1", "2", 1, null, "chunks", "complete"),
    data: fc.oneof(
      scalar,
      fc.record({ value: scalar, status: scalar, model: scalar, error: scalar }, { requiredKeys: [] }),
    ),
    status: scalar,
    error: fc.oneof(scalar, fc.record({ message: word, code: scalar, type: word }, { requiredKeys: [] })),
    message: scalar,
    msg: scalar,
    error_code: fc.constantFrom("bad_jwt", "x", ECHO),
    detail: fc.oneof(
      word,
      fc.array(fc.record({ loc: fc.array(scalar, { maxLength: 2 }), msg: word }), { maxLength: 2 }),
    ),
    code: fc.constantFrom("23505", "42501", "PGRST301", 7, null),
    details: word,
    url: word,
    title: scalar,
    link: scalar,
    access_token: word,
    refresh_token: word,
    expires_in: scalar,
    user: fc.oneof(scalar, fc.record({ id, email: scalar })),
    remain_quota: scalar,
    updated_at: scalar,
    created_at: scalar,
  },
  { requiredKeys: [] },
);

const json = fc
  .oneof(
    record,
    fc.array(record, { maxLength: 3 }),
    fc.record({ data: fc.oneof(record, fc.array(record)) }),
    fc.jsonValue(),
    scalar,
  )
  .map((value) => JSON.stringify(value) ?? "null");

const body = fc.oneof(
  { arbitrary: json, weight: 6 },
  fc.constantFrom(
    "",
    ECHO,
    `Bearer ${ECHO}`,
    `<!doctype html><title>Sign in ${ECHO}</title>`,
    `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>${ECHO}</Message></Error>`,
    "{",
    `{"message":"${"x".repeat(190)} ${ECHO}"}`,
    `${"😀".repeat(150)}${ECHO}`,
    "[",
    "null",
  ),
  json.map((text) => `data: ${text}\n\n`),
  fc.string({ unit: "binary", maxLength: 60 }),
);

const headers = fc.record(
  {
    "content-type": fc.constantFrom(
      "application/json",
      "text/html",
      "text/event-stream",
      "text/plain",
      "image/png",
      "x",
    ),
    "retry-after": fc.constantFrom("0", "soon", "7", "-1", "Wed, 21 Oct 2065 07:28:00 GMT"),
    "x-request-id": fc.constantFrom(ECHO, "r1", `id ${ECHO}`),
    location: fc.constantFrom("/", `https://evil.test/?t=${ECHO}`),
    "content-length": fc.constantFrom("0", "7", "x"),
    "content-range": fc.constantFrom("0-0/1", "x"),
  },
  { requiredKeys: [] },
);

const status = fc.constantFrom(
  ...[
    200, 200, 200, 201, 204, 206, 300, 302, 304, 400, 401, 402, 403, 404, 408, 409, 413, 418, 422, 429, 499, 500, 502,
    503, 599,
  ],
);

export const randomAnswer: fc.Arbitrary<RandomAnswer> = fc.oneof(
  {
    arbitrary: fc
      .record({ kind: fc.constant("answer" as const), status, headers, body, breaks: fc.boolean() })
      .map((answer) => ({
        ...answer,
        // One body in eight: most answers come whole.
        breaks: answer.breaks && answer.body.length % 4 === 1,
      })),
    weight: 9,
  },
  fc
    .constantFrom<() => unknown>(
      () => new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ECONNRESET" }) }),
      () => new TypeError("Failed to fetch"),
      () => new DOMException("aborted", "AbortError"),
      () => new Error("of the caller's own fetch"),
      () => "no error at all",
      () => Object.assign(new Error("NEXT"), { digest: "NEXT_REDIRECT" }),
      () => Object.assign(new TypeError("fetch failed"), { digest: "DYNAMIC" }),
    )
    .map((make) => ({ kind: "throw" as const, error: make() })),
);

import { expect, it } from "vitest";
import * as core from "../index.ts";
import { errorResponse } from "./error-response.ts";
import type { JobHandle } from "./job-handle.ts";
import { maybeTaken, withJob } from "./with-job.ts";

const { FlowithError } = core;
const answer = { status: 429, headers: new Headers(), body: { secret: 1 }, requestId: "r1" };

const errors: core.FlowithError[] = [
  new FlowithError("x", { code: "events_overflow", isRetryable: true }),
  new core.APIError("x", answer),
  new core.AuthenticationError("x"),
  new core.ConflictError("x", answer),
  new core.ConnectionError("x"),
  new core.FileSaveError("x"),
  new core.FileUploadError("x", answer),
  new core.InsufficientCreditsError("x", answer),
  new core.InvalidArgumentError("x"),
  new core.JobFailedError("x", { reason: "rate_limit" }),
  new core.NotFoundError("x", answer),
  new core.PermissionError("x", answer),
  new core.RateLimitError("x", { ...answer, retryAfterMs: 1_500 }),
  new core.ResponseShapeError("x", { issues: [], raw: undefined }),
  new core.ServerError("x", { ...answer, retryAfterMs: 2_500 }),
  new core.SessionStoreError("x"),
  new core.JobStoreError("x"),
  new core.StreamTruncatedError("x"),
  new core.TimeoutError("x", { phase: "idle", limitMs: 7 }),
  new core.ValidationError("x", { ...answer, details: { secret: 1 } }),
];

it("stands for every class of errors", () => {
  const classes = Object.entries(core).filter(([name, value]) => /Error$/.test(name) && typeof value === "function");
  expect([...new Set(errors.map(({ name }) => name))].sort()).toEqual(classes.map(([name]) => name).sort());
});

it.each(errors.map((error) => [error.name, error] as const))("makes a %s again of what was sent on", (_name, error) => {
  const sent: unknown = JSON.parse(JSON.stringify(error));
  // As it comes from a Durable Object: fields of its own, on an Error of no class.
  const remote = Object.assign(new Error(error.message), { name: error.name, code: error.code }, sent);
  for (const value of [sent, { error: sent }, remote]) {
    const again = FlowithError.from(value);
    expect(again).toBeInstanceOf(error.constructor);
    expect(again?.toJSON()).toEqual(error.toJSON());
  }
  expect(FlowithError.from(error)).toBe(error);
});

it("keeps what was found out of the job, whatever its class would say", () => {
  const handle: JobHandle = {
    v: 1,
    kind: "text",
    nodeId: "n",
    userNodeId: "u",
    convId: "c",
    userId: "me",
    model: "m",
    createdAtMs: 1,
  };
  const error = maybeTaken(withJob(new core.ConnectionError("x"), { handle, partial: "so far" }));
  const { partial, handle: known } = Object(error);
  const again = FlowithError.from({ error: { ...Object(error).toJSON(), partial, handle: known } });
  expect(again).toMatchObject({ isRetryable: false, partial: "so far", handle });
});

it("makes nothing of another library's error that has one of its names", () => {
  for (const [name, code] of [
    ["TimeoutError", "ETIMEDOUT"],
    ["ConnectionError", "ELOGIN"],
    ["ValidationError", "FST_ERR_VALIDATION"],
  ]) {
    const error = Object.assign(new Error("x"), { name, code });
    expect([FlowithError.from(error), FlowithError.from({ error })]).toEqual([undefined, undefined]);
  }
});

it.each(["aborted", "unknown", "events_overflow"])("keeps the code %s, which has no class", (code) => {
  expect(FlowithError.from({ name: "FlowithError", code, message: "x" })).toMatchObject({ code, message: "x" });
});

it("knows a code that is not its own, as of a later version, as unknown", () => {
  const later = { name: "FlowithError", code: "of_a_later_version", message: "x", isRetryable: true };
  expect(FlowithError.from(later)?.toJSON()).toEqual({ ...later, code: "unknown" });
});

it("makes nothing of what is none", () => {
  const others = [null, 7, "ConnectionError", [], { name: "ConnectionError" }, { name: "Error", code: "connection" }];
  const inherited = { name: "toString", code: "x" };
  // Databases, queues and validators have errors of these names too, and codes of their own.
  const foreign = [
    Object.assign(new Error("x"), { name: "ConnectionError", code: "ECONNREFUSED" }),
    Object.assign(new Error("x"), { name: "ValidationError", code: "P2002" }),
    { error: { name: "TimeoutError", code: "ERR_TIMED_OUT", message: "x" } },
    Object.assign(new Error("x"), { name: "APIError", code: "model_not_found", status: 404 }),
  ];
  for (const value of foreign) expect(FlowithError.from(value)).toBeUndefined();
  for (const value of [...others, inherited, { error: null }, { error: { name: "APIError" } }])
    expect(FlowithError.from(value)).toBeUndefined();
  expect(
    FlowithError.from({ name: "TimeoutError", code: "timeout", phase: {}, limitMs: "x", handle: 7 }),
  ).toMatchObject({
    phase: "total",
    limitMs: 0,
  });
});

it.each([
  [new core.InvalidArgumentError("x"), 400],
  [new core.AuthenticationError("x"), 401],
  [new core.APIError("x", { ...answer, status: 0 }), 502],
  [new core.APIError("x", { ...answer, status: 302 }), 502],
  [new core.ServerError("x", { ...answer, status: 503 }), 503],
  [new core.JobFailedError("x", { reason: "content_policy" }), 422],
  [new core.JobFailedError("x", { reason: "insufficient_credits" }), 402],
  [new core.JobFailedError("x", { reason: "new" }), 502],
  [new core.TimeoutError("x", { phase: "total", limitMs: 1 }), 504],
  [new core.ConnectionError("x"), 502],
  [new core.SessionStoreError("x"), 500],
  [new core.JobStoreError("x"), 500],
  [new DOMException("x", "AbortError"), 499],
  [new Error("secret"), 500],
  [undefined, 500],
])("is answered with a status: %s", async (error, status) => {
  const response = errorResponse(error);
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.text()).not.toContain("secret");
});

it("is answered as itself where its class was lost on the way, and another library's of the same name is not", async () => {
  const remote = Object.assign(new Error("x"), { name: "RateLimitError", code: "rate_limit", status: 429 });
  const response = errorResponse(Object.assign(remote, { retryAfterMs: 1_500 }));
  expect([response.status, response.headers.get("retry-after")]).toEqual([429, "2"]);
  expect(await response.json()).toMatchObject({ name: "RateLimitError", code: "rate_limit", message: "x" });
  const foreign = Object.assign(new Error("secret"), { name: "ConnectionError", code: "ECONNREFUSED" });
  const refused = errorResponse(foreign);
  expect(refused.status).toBe(500);
  expect(await refused.text()).not.toContain("secret");
});

it("says when to come again in whole seconds", () => {
  const error = new core.RateLimitError("x", { ...answer, retryAfterMs: 1_500 });
  expect(errorResponse(error).headers.get("retry-after")).toBe("2");
  expect(errorResponse(new core.RateLimitError("x", answer)).headers.has("retry-after")).toBe(false);
});

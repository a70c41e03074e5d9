import { describe, expect, expectTypeOf, it, vi } from "vitest";
import * as core from "../index.ts";
import { withJob } from "./with-job.ts";

const { APIError, FlowithError, InvalidArgumentError, RateLimitError, TimeoutError } = core;
const answer = { status: 429, headers: new Headers(), body: undefined };
const error = new RateLimitError("POST /x answered 429.", answer);

const errors: Record<string, core.FlowithError> = {
  FlowithError: new FlowithError("x", { code: "unknown" }),
  APIError: new APIError("x", answer),
  AuthenticationError: new core.AuthenticationError("x"),
  ConflictError: new core.ConflictError("x", answer),
  ConnectionError: new core.ConnectionError("x"),
  FileSaveError: new core.FileSaveError("x"),
  FileUploadError: new core.FileUploadError("x", answer),
  InsufficientCreditsError: new core.InsufficientCreditsError("x", answer),
  InvalidArgumentError: new InvalidArgumentError("x"),
  JobFailedError: new core.JobFailedError("x", { reason: "unknown" }),
  NotFoundError: new core.NotFoundError("x", answer),
  PermissionError: new core.PermissionError("x", answer),
  RateLimitError: error,
  ResponseShapeError: new core.ResponseShapeError("x", { issues: [], raw: undefined }),
  ServerError: new core.ServerError("x", answer),
  JobStoreError: new core.JobStoreError("x"),
  SessionStoreError: new core.SessionStoreError("x"),
  StreamTruncatedError: new core.StreamTruncatedError("x"),
  TimeoutError: new TimeoutError("x", { phase: "idle", limitMs: 1 }),
  ValidationError: new core.ValidationError("x", { ...answer, details: undefined }),
};
/** The names of classes whose `code` says nothing by its type. */
type ClassOfAnyCode = {
  [Name in keyof typeof core]: (typeof core)[Name] extends (abstract new (
    ...args: never[]
  ) => infer Instance extends core.FlowithError)
    ? core.FlowithErrorCode extends Instance["code"]
      ? Name
      : never
    : never;
}[keyof typeof core];
const classes = Object.entries(core).flatMap(([name, value]) =>
  name.endsWith("Error") && typeof value === "function" && "is" in value ? [[name, value] as const] : [],
);

describe("is", () => {
  it("has a class to try for each error", () => {
    expect(classes.map(([name]) => name).sort()).toEqual(Object.keys(errors).sort());
  });

  it.each(Object.entries(errors))(
    "tells %s by its own name and those that it extends, and by no other",
    (name, one) => {
      expect(one).toHaveProperty("name", name);
      expect(one.toJSON()).toMatchObject({ name });
      const told = classes.filter(([, errorClass]) => errorClass.is(one)).map(([className]) => className);
      const extended = classes.filter(([, errorClass]) => one instanceof errorClass).map(([className]) => className);
      expect(told).toEqual(extended);
      expect(told).toContain(name);
    },
  );

  it("tells a subclass by its base, and not the reverse", () => {
    expect(APIError.is(error)).toBe(true);
    expect(RateLimitError.is(new APIError("x", answer))).toBe(false);
    for (const value of [undefined, null, "RateLimitError", {}, new Error("x"), RateLimitError])
      expect(RateLimitError.is(value)).toBe(false);
  });

  it("tells an error of another copy, and one that carries a job's handle", async () => {
    vi.resetModules();
    const other = await import("../index.ts");
    const foreign = new other.RateLimitError("x", answer);
    expect(foreign).not.toBeInstanceOf(FlowithError);
    expect([RateLimitError, APIError, FlowithError].map((errorClass) => errorClass.is(foreign))).toEqual([
      true,
      true,
      true,
    ]);
    expect(TimeoutError.is(foreign)).toBe(false);
    const copy = withJob(foreign, { handle: undefined, partial: "so far" });
    expect(copy).toMatchObject({ name: "RateLimitError", partial: "so far" });
    expect(RateLimitError.is(copy)).toBe(true);
  });

  it("works where it is passed on without its class", () => {
    const mixed = [error, new Error("x"), new InvalidArgumentError("x")];
    expect(mixed.filter(RateLimitError.is)).toEqual([error]);
    expect(mixed.filter(FlowithError.is)).toHaveLength(2);
    const { is } = TimeoutError;
    expect([is(error), is(errors.TimeoutError)]).toEqual([false, true]);
  });

  it("tells an app's own subclass by its prototype, so that it never takes its base for it", () => {
    class QuotaError extends APIError {
      readonly left = 0;
    }
    const own: unknown = new QuotaError("x", answer);
    expect([QuotaError.is(own), APIError.is(own), QuotaError.is(errors.APIError)]).toEqual([true, true, false]);
    expect(own).toHaveProperty("name", "APIError");
    if (QuotaError.is(own)) expectTypeOf(own).toEqualTypeOf<QuotaError>();
  });

  it("narrows to its class", () => {
    const value: unknown = error;
    if (FlowithError.is(value)) expectTypeOf(value).toEqualTypeOf<core.FlowithError>();
    if (RateLimitError.is(value)) expectTypeOf(value.retryAfterMs).toEqualTypeOf<number | undefined>();
    else expectTypeOf(value).toBeUnknown();
    if (FlowithError.is(value) && TimeoutError.is(value)) expectTypeOf(value).toEqualTypeOf<core.TimeoutError>();
    for (const errorClass of [RateLimitError, TimeoutError])
      if (errorClass.is(value)) expectTypeOf(value).toEqualTypeOf<core.RateLimitError | core.TimeoutError>();
    expectTypeOf([value].filter(RateLimitError.is)).toEqualTypeOf<core.FlowithError[]>();
  });
});

describe("code", () => {
  it("is a word of its own for each class, and typed as that word", () => {
    expectTypeOf<core.TimeoutError["code"]>().toEqualTypeOf<"timeout">();
    expectTypeOf<core.RateLimitError["code"]>().toEqualTypeOf<"rate_limit">();
    expectTypeOf<core.APIError["code"]>().toEqualTypeOf<core.APIErrorCode>();
    expectTypeOf<core.FlowithError["code"]>().toEqualTypeOf<core.FlowithErrorCode>();
    expectTypeOf<ClassOfAnyCode>().toEqualTypeOf<"FlowithError">();
    const codes = Object.values(errors).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it("can be switched over to the last one", () => {
    const side = (code: core.FlowithErrorCode): "server" | "way" | "here" | "open" => {
      switch (code) {
        case "api_error":
        case "authentication":
        case "conflict":
        case "file_upload":
        case "insufficient_credits":
        case "not_found":
        case "permission":
        case "rate_limit":
        case "server":
        case "validation":
          return "server";
        case "connection":
        case "job_failed":
        case "response_shape":
        case "stream_truncated":
        case "timeout":
          return "way";
        case "events_overflow":
        case "file_save":
        case "invalid_argument":
        case "job_store":
        case "session_store":
          return "here";
        case "aborted":
        case "unknown":
          return "open";
        default:
          // Where a code is missing above, this does not compile.
          return code satisfies never;
      }
    };
    expect(Object.values(errors).map(({ code }) => side(code))).not.toContain(undefined);
  });
});

it("shows its name where it is listed, spread and logged", () => {
  expect({ ...error }).toMatchObject({ name: "RateLimitError", code: "rate_limit" });
  expect(String(error)).toBe("RateLimitError: POST /x answered 429.");
  expect(Reflect.ownKeys(error).filter((key) => typeof key === "symbol")).toEqual([]);
});

import { expect, it } from "vitest";
import { FlowithError } from "../errors/flowith-error.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { foreignError } from "./foreign-error.ts";

/** As supabase-js throws it with `throwOnError`. */
function postgrestError(code: string): Error {
  const error = new Error("new row violates row-level security");
  return Object.assign(error, { name: "PostgrestError", code, details: null, hint: null });
}

it.each([
  ["PGRST301", "AuthenticationError", 401],
  ["42501", "PermissionError", 403],
  ["PGRST116", "NotFoundError", 404],
  ["23505", "ConflictError", 409],
  ["PGRST002", "ServerError", 503],
  ["22P02", "APIError", 400],
])("types what PostgREST refuses with %s as %s", (code, name, status) => {
  expect(foreignError(postgrestError(code), undefined)).toMatchObject({ name, status, body: { code } });
});

it("takes what fetch throws for a lost connection, and names the option only where it was given", () => {
  const thrown = new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
  const error = foreignError(thrown, "given client");
  expect(error).toMatchObject({
    name: "ConnectionError",
    isUnsent: true,
    message: expect.stringContaining("option's client"),
  });
  const unlike = String(foreignError(new TypeError("from(...).select is not a function"), "given client"));
  expect(unlike).toMatch(/select is not a function.*this is of the client in use\.$/);
  expect(String(foreignError(thrown, undefined))).toMatch(/A request to the tables could not reach the server/);
  expect(foreignError(new TypeError("x is null"), "own fetch")).toMatchObject({ name: "ResponseShapeError" });
  expect(FlowithError.is(error)).toBe(true);
});

it("passes on what is ours already, and what is the caller's", () => {
  const ours = new NotFoundError("x", { status: 404, headers: new Headers(), body: undefined });
  const theirs = new Error("no token today");
  expect(foreignError(ours, undefined)).toBe(ours);
  expect(foreignError(theirs, "given client")).toBe(theirs);
});

import { expect, it } from "vitest";
import { ConflictError } from "../errors/conflict-error.ts";
import { isInsertedAlready } from "./own-id.ts";

const ID = "0b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11";

function conflict(body: unknown): ConflictError {
  return new ConflictError("x", { status: 409, headers: new Headers(), body });
}

const ours = { code: "23505", details: `Key (id)=(${ID}) already exists.` };

it("takes our own row for done at a repeat of the same call, and at nothing else", () => {
  expect(isInsertedAlready(conflict(ours), 1, [ID])).toBe(true);
  expect(isInsertedAlready(conflict(ours), 0, [ID])).toBe(false);
  expect(isInsertedAlready(conflict(ours), 1, ["1b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11"])).toBe(false);
});

it("takes it for done too where the details are withheld and it is the primary key that is taken", () => {
  const message = 'duplicate key value violates unique constraint "flow_node_pkey"';
  const withheld = { code: "23505", details: null, message };
  expect(isInsertedAlready(conflict(withheld), 1, [ID])).toBe(true);
  expect(isInsertedAlready(conflict(withheld), 0, [ID])).toBe(false);
  expect(isInsertedAlready(conflict(withheld), 1, [])).toBe(false);
  const other = { ...withheld, message: 'duplicate key value violates unique constraint "flow_node_name_key"' };
  expect(isInsertedAlready(conflict(other), 1, [ID])).toBe(false);
  expect(isInsertedAlready(conflict({ ...withheld, details: "Key (id)=(another)" }), 1, [ID])).toBe(false);
});

it.each([
  { code: "23503", details: ours.details },
  { code: "23505", details: null },
  { code: "23505", details: "Key (name)=(x) already exists." },
  "a page",
])("does not take this for done: %j", (body) => {
  expect(isInsertedAlready(conflict(body), 1, [ID])).toBe(false);
});

it("does not take other errors for done", () => {
  expect(isInsertedAlready(new Error(ID), 1, [ID])).toBe(false);
});

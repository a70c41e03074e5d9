import { expect, it } from "vitest";
import { createJournal } from "./journal.ts";

const request = {
  at: "",
  method: "POST",
  host: "h",
  path: "/x",
  query: "",
  userId: null,
  headers: {},
};

it("keeps no more of bodies than fits into memory, and forgets the oldest first", () => {
  const journal = createJournal(() => false);
  const body = "x".repeat(64 * 1024);
  for (let at = 0; at < 1025; at += 1) journal.record({ ...request, body });
  const entries = journal.list();
  expect(entries).toHaveLength(1025);
  expect(entries.map((entry) => entry.body === null)).toEqual([true, ...Array(1024).fill(false)]);
  for (let at = 0; at < 30_000; at += 1) journal.record({ ...request, body: "y" });
  expect(journal.list().every((entry) => entry.body === "y")).toBe(true);
});

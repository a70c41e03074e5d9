import { expect, it } from "vitest";
import type { JobHandle } from "../errors/job-handle.ts";
import { HandleKeeper } from "./handle-keeper.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const ids = { nodeId: "n", userNodeId: "u", convId: "c", userId: "alice" };
const plain: JobHandle = { v: 1, kind: "text", ...ids, model: "m", createdAtMs: 1 };
const ofBatch: JobHandle = { ...plain, batchId: "a" };

/** A store whose first writes take longest, and what is written in the end. */
function slowStore(): { writes: string[]; store: ConstructorParameters<typeof HandleKeeper>[0] } {
  const writes: string[] = [];
  let turns = 20;
  const later = async (write: string): Promise<void> => {
    turns -= 5;
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    writes.push(write);
  };
  const marks = ({ postedAtMs, endedAtMs }: JobHandle): string =>
    `${postedAtMs === undefined ? "" : " posted"}${endedAtMs === undefined ? "" : " ended"}`;
  const store = {
    put: (handle: JobHandle) => later(`put${marks(handle)}`),
    delete: () => later("delete"),
    list: async () => [],
  };
  return { writes, store };
}

it("writes one after the other, and keeps what a job of a batch has given", async () => {
  const { writes, store } = slowStore();
  const keeper = new HandleKeeper(store, silent);
  await Promise.all([keeper.put(ofBatch), keeper.posted(ofBatch), keeper.over(ofBatch, true)]);
  expect(writes).toEqual(["put", "put posted", "put posted ended"]);
});

it("takes back the handle of a job of a batch that failed, and of every other job", async () => {
  for (const [handle, hasResult] of [
    [ofBatch, false],
    [plain, true],
    [plain, false],
  ] as const) {
    const { writes, store } = slowStore();
    const keeper = new HandleKeeper(store, silent);
    await Promise.all([keeper.put(handle), keeper.over(handle, hasResult)]);
    expect(writes).toEqual(["put", "delete"]);
  }
});

it("fails with the store before the post only, and writes on after that", async () => {
  const full = new Error("no room");
  let deleted = 0;
  const store = { put: () => Promise.reject(full), delete: async () => void deleted++, list: async () => [] };
  const keeper = new HandleKeeper(store, silent);
  await expect(keeper.put(ofBatch)).rejects.toBe(full);
  await keeper.posted(ofBatch);
  await keeper.over(ofBatch, true);
  await keeper.over(ofBatch, false);
  expect(deleted).toBe(1);
});

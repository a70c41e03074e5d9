import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JobHandle, Session } from "@flowith-webapi/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileJobStore } from "./file-job-store.ts";
import { fileKeyValueStore } from "./file-key-value-store.ts";
import { fileSessionStore } from "./file-session-store.ts";
import { inTurn } from "./in-turn.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-turns-"));
});

afterEach(() => rm(folder, { recursive: true }));

const ROUNDS = 20;
const numbers = [1, 2, 3, 4, 5];

const sessionOf = (userId: string): Session => ({ accessToken: "e.e.e", refreshToken: "r", expiresAtMs: 1, userId });

const handleOf = (model: string): JobHandle => ({
  v: 1,
  kind: "text",
  nodeId: "node",
  userNodeId: "job",
  convId: "conversation",
  userId: "alice",
  model,
  createdAtMs: 1,
});

describe("of several changes of a file at once the last one stays", () => {
  it("in a key-value store, whose folder has several owners", async () => {
    const stores = [fileKeyValueStore(folder), fileKeyValueStore(folder)];
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(numbers.map((number) => stores[number % 2]?.set("alice", `${round} ${number}`)));
      expect(await stores[0]?.get("alice")).toBe(`${round} 5`);
      await Promise.all(stores.map((store, at) => (at === 0 ? store.set("alice", "late") : store.delete("alice"))));
      expect(await stores[0]?.get("alice")).toBeNull();
    }
  });

  it("in a session store", async () => {
    const store = fileSessionStore(join(folder, "session.json"));
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(numbers.map((number) => store.save(sessionOf(`${round} ${number}`))));
      expect(await store.load()).toMatchObject({ userId: `${round} 5` });
      await Promise.all([store.save(sessionOf("late")), store.clear()]);
      expect(await store.load()).toBeNull();
    }
  });

  it("in a job store", async () => {
    const store = fileJobStore(folder);
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(numbers.map((number) => store.put(handleOf(`${round} ${number}`))));
      expect(await store.list()).toMatchObject([{ model: `${round} 5` }]);
      await Promise.all([store.put(handleOf("late")), store.delete("job")]);
      expect(await store.list()).toEqual([]);
    }
  });
});

it("goes on after a change that failed, which its own caller hears of", async () => {
  const failed = inTurn("a file", () => Promise.reject(new Error("the disk is full")));
  const next = inTurn("a file", async () => "written");
  await expect(failed).rejects.toThrow("the disk is full");
  expect(await next).toBe("written");
});

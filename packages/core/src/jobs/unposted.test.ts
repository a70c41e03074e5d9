import { expect, it } from "vitest";
import { MediaReader } from "../kinds/media-reader.ts";
import type { NodeRow } from "../wire/node-row.ts";
import { isUnposted, ResumedReader } from "./unposted.ts";

const limits = { connectMs: 10_000, firstEventMs: 0, idleMs: 0, totalMs: 300_000 };
const picture = { isNodeMadeByService: false, limits };
const clip = { isNodeMadeByService: true, limits };

function handle(ageMs: number) {
  const ids = { nodeId: "n", userNodeId: "u", convId: "c", userId: "alice" };
  return { v: 1, kind: "image", ...ids, model: "m", createdAtMs: Date.now() - ageMs } as const;
}

function row(status: string | undefined): NodeRow {
  return { id: "n", type: "2", parentId: "u", createdAt: undefined, position: undefined, data: { status }, raw: {} };
}

it("a job is unposted whose row is as it was made, once no such job could still be on its way", () => {
  expect(isUnposted(picture, handle(301_000), row("init"))).toBe(true);
  expect(isUnposted(picture, handle(299_000), row("init"))).toBe(false);
  expect(isUnposted(picture, handle(-3_600_000), row("init"))).toBe(false);
  expect(isUnposted(picture, handle(301_000), row("loading"))).toBe(false);
  expect(isUnposted(picture, handle(301_000), row(undefined))).toBe(false);
  expect(isUnposted(picture, handle(301_000), undefined)).toBe(false);
});

it("a job whose node the service makes is unposted where there is none", () => {
  expect(isUnposted(clip, handle(301_000), undefined)).toBe(true);
  expect(isUnposted(clip, handle(299_000), undefined)).toBe(false);
  expect(isUnposted(clip, handle(301_000), row("init"))).toBe(false);
});

it("an event shows that a job was posted, though its row stays as it was made", () => {
  const reader = new ResumedReader(new MediaReader("image"), picture, handle(301_000));
  expect(reader.acceptRow(row("init"))).toMatchObject({ state: "failed", error: { reason: "unposted" } });
  reader.accept({ type: "other", nodeId: "n", seq: undefined, raw: {} });
  expect(reader.acceptRow(row("init"))).toEqual({ state: "wait" });
});

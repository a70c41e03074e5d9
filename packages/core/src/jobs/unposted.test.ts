import { expect, it } from "vitest";
import { MediaReader } from "../kinds/media-reader.ts";
import { type NodeRow, parseNodeRows } from "../wire/node-row.ts";
import { isUnposted, ResumedReader } from "./unposted.ts";

const limits = { connectMs: 10_000, firstEventMs: 0, idleMs: 0, totalMs: 300_000 };
const picture = { isNodeMadeByService: false, limits };
const clip = { isNodeMadeByService: true, limits };
const ids = { nodeId: "n", userNodeId: "u", convId: "c", userId: "alice" };
const handle = { v: 1, kind: "image", ...ids, model: "m", createdAtMs: 0 } as const;

const OLD_MS = 301_000;
const YOUNG_MS = 299_000;

function row(status: string | undefined, ageMs?: number): NodeRow | undefined {
  const answeredAt = new Date(Date.UTC(2026, 0, 1)).toUTCString();
  const createdAt = ageMs === undefined ? null : new Date(Date.UTC(2026, 0, 1) - ageMs).toISOString();
  return parseNodeRows([{ id: "n", type: "2", p_id: "u", created_at: createdAt, data: { status } }], answeredAt)[0];
}

it("a job is unposted whose row is as it was made, once no such job could still be on its way", () => {
  expect(isUnposted(picture, row("init"), OLD_MS)).toBe(true);
  expect(isUnposted(picture, row("init"), YOUNG_MS)).toBe(false);
  expect(isUnposted(picture, row("init"), -3_600_000)).toBe(false);
  expect(isUnposted(picture, row("loading"), OLD_MS)).toBe(false);
  expect(isUnposted(picture, row(undefined), OLD_MS)).toBe(false);
  expect(isUnposted(picture, undefined, OLD_MS)).toBe(false);
});

it("a job whose node the service makes is unposted where there is none", () => {
  expect(isUnposted(clip, undefined, OLD_MS)).toBe(true);
  expect(isUnposted(clip, undefined, YOUNG_MS)).toBe(false);
  expect(isUnposted(clip, row("init"), OLD_MS)).toBe(false);
});

it("a job whose age the service does not tell is not unposted", () => {
  expect(isUnposted(picture, row("init"), undefined)).toBe(false);
  const [untold] = parseNodeRows(
    [{ id: "n", created_at: "2020-01-01T00:00:00+00:00", data: { status: "init" } }],
    null,
  );
  expect(untold?.ageMs).toBeUndefined();
  expect(row("init", OLD_MS)?.ageMs).toBe(OLD_MS);
});

it("an event shows that a job was posted, though its row stays as it was made", () => {
  const reader = new ResumedReader(new MediaReader("image"), { rules: picture, handle, prompt: { ms: undefined } });
  expect(reader.acceptRow(row("init", YOUNG_MS))).toEqual({ state: "wait" });
  expect(reader.acceptRow(row("init", OLD_MS))).toMatchObject({ state: "failed", error: { reason: "unposted" } });
  reader.accept({ type: "other", nodeId: "n", seq: undefined, raw: {} });
  expect(reader.acceptRow(row("init", OLD_MS))).toEqual({ state: "wait" });
});

it("of a node that is not there yet, the prompt's age counts", () => {
  const prompt = { ms: YOUNG_MS };
  const reader = new ResumedReader(new MediaReader("video"), { rules: clip, handle, prompt });
  expect(reader.acceptRow(undefined)).toEqual({ state: "wait" });
  prompt.ms = OLD_MS;
  expect(reader.acceptRow(undefined)).toMatchObject({ state: "failed", error: { reason: "unposted" } });
});

it("a job whose result was seen fails at once where its row is gone", () => {
  const read = (endedAtMs: number | undefined) =>
    new ResumedReader(new MediaReader("image"), {
      rules: picture,
      handle: { ...handle, endedAtMs },
      prompt: { ms: undefined },
    });
  expect(read(1).acceptRow(undefined)).toMatchObject({ state: "failed", error: { name: "NotFoundError" } });
  expect(read(undefined).acceptRow(undefined)).toEqual({ state: "wait" });
});

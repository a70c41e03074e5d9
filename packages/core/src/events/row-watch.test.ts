import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { leveledLogger } from "../options/logger.ts";
import { type Deferred, deferred } from "../timing/deferred.ts";
import type { NodeRow } from "../wire/node-row.ts";
import { type RowListener, RowWatch } from "./row-watch.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

interface Query {
  ids: readonly string[];
  atMs: number;
  signal: AbortSignal;
  answer: Deferred<NodeRow[]>;
}

function watched(): { watch: RowWatch; queries: Query[] } {
  const startedAtMs = performance.now();
  const queries: Query[] = [];
  const watch = new RowWatch({
    fetchRows: (ids, _parentIds, signal) => {
      const answer = deferred<NodeRow[]>();
      queries.push({ ids, atMs: performance.now() - startedAtMs, signal, answer });
      return answer.promise;
    },
    logger: leveledLogger(undefined, "silent"),
  });
  return { watch, queries };
}

/** A job that wants to be asked for once, after `inMs`, and then only by `ask`. */
function listener(nodeId: string, inMs = Number.POSITIVE_INFINITY): RowListener & { rows: (NodeRow | undefined)[] } {
  const atMs = performance.now() + inMs;
  const rows: (NodeRow | undefined)[] = [];
  return {
    nodeId,
    rows,
    nextAskAtMs: () => (rows.length === 0 ? atMs : Number.POSITIVE_INFINITY),
    onRow: (row) => rows.push(row),
    onRowError: () => rows.push(undefined),
  };
}

function row(id: string): NodeRow {
  return {
    id,
    type: "2",
    parentId: null,
    createdAt: undefined,
    ageMs: undefined,
    position: undefined,
    data: {},
    raw: {},
  };
}

describe("RowWatch", () => {
  it("asks for all jobs that are due in queries of 150 ids, two at a time", async () => {
    const { watch, queries } = watched();
    const listeners = Array.from({ length: 400 }, (_, index) => listener(`n${index}`, 5_000));
    for (const one of listeners) watch.watch(one);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(queries).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(queries.map(({ ids }) => ids.length)).toEqual([150, 150]);
    for (const { ids, answer } of [...queries]) answer.resolve(ids.map(row));
    await vi.advanceTimersByTimeAsync(0);
    expect(queries.map(({ ids }) => ids.length)).toEqual([150, 150, 100]);
    queries[2]?.answer.resolve([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(listeners.every(({ rows }) => rows.length === 1)).toBe(true);
  });

  it("shares one query between the askers of one moment", async () => {
    const { watch, queries } = watched();
    const listeners = [listener("a"), listener("b")];
    for (const one of listeners) {
      watch.watch(one);
      watch.ask(one);
      watch.ask(one);
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(queries.map(({ ids }) => ids)).toEqual([["a", "b"]]);
  });

  it("asks again after an answer that was asked for before the news", async () => {
    const { watch, queries } = watched();
    const one = listener("a");
    watch.watch(one);
    watch.ask(one);
    await vi.advanceTimersByTimeAsync(0);
    watch.ask(one);
    await vi.advanceTimersByTimeAsync(0);
    expect(queries).toHaveLength(1);
    queries[0]?.answer.resolve([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(queries).toHaveLength(2);
  });

  it("does not let a query that hangs keep an urgent one from being made", async () => {
    const { watch, queries } = watched();
    const one = listener("a");
    watch.watch(one);
    watch.ask(one);
    await vi.advanceTimersByTimeAsync(500);
    watch.ask(one);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(queries.map(({ atMs }) => atMs)).toEqual([0, 2_000]);
    queries[1]?.answer.resolve([row("a")]);
    await vi.advanceTimersByTimeAsync(0);
    expect(one.rows).toMatchObject([{ id: "a" }]);
  });

  it("takes those along that are due in a moment, but asks nobody again so soon", async () => {
    const { watch, queries } = watched();
    const early = listener("early", 5_000);
    const late = listener("late", 5_400);
    const later = listener("later", 5_600);
    for (const one of [early, late, later]) watch.watch(one);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(queries.map(({ ids }) => ids)).toEqual([["early", "late"]]);
    await vi.advanceTimersByTimeAsync(100);
    const again = { ...listener("again"), nextAskAtMs: () => performance.now() + 250 };
    watch.watch(again);
    watch.ask(again);
    await vi.advanceTimersByTimeAsync(0);
    expect(queries[1]?.ids).toEqual(["again", "later"]);
    queries[1]?.answer.resolve([]);
    await vi.advanceTimersByTimeAsync(0);
    const other = listener("other");
    watch.watch(other);
    watch.ask(other);
    await vi.advanceTimersByTimeAsync(0);
    expect(queries[2]?.ids).toEqual(["other"]);
  });

  it("lets an urgent one in before thousands that are only due, and each of them in its turn", async () => {
    const { watch, queries } = watched();
    const many = Array.from({ length: 600 }, (_, index) => listener(`n${index}`, 5_000));
    for (const one of many) watch.watch(one);
    const urgent = listener("urgent");
    watch.watch(urgent);
    await vi.advanceTimersByTimeAsync(5_000);
    watch.ask(urgent);
    await vi.advanceTimersByTimeAsync(0);
    for (let at = 0; at < 5; at++) {
      queries[at]?.answer.resolve([]);
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(queries.map(({ ids }) => ids[0])).toEqual(["n0", "n150", "urgent", "n449", "n599"]);
    expect(many.every(({ rows }) => rows.length === 1)).toBe(true);
  });

  it("holds no timer and no query when the last job has left", async () => {
    const { watch, queries } = watched();
    const [one, other] = [listener("a", 1_000), listener("b", 9_000)];
    watch.watch(one);
    watch.watch(other);
    await vi.advanceTimersByTimeAsync(1_000);
    watch.unwatch(one);
    expect(queries[0]?.signal.aborted).toBe(false);
    watch.unwatch(other);
    expect(queries[0]?.signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ["ahead", 3_600_000],
    ["back", -3_600_000],
  ])("asks when it is time though the machine's date is set an hour %s", async (_where, shiftMs) => {
    const { watch, queries } = watched();
    watch.watch(listener("n1", 5_000));
    watch.watch(listener("n2", 9_000));
    vi.setSystemTime(Date.now() + shiftMs);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(queries.map(({ ids }) => ids)).toEqual([["n1"]]);
    queries[0]?.answer.resolve([]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(queries.map(({ ids, atMs }) => [ids, atMs])).toEqual([
      [["n1"], 5_000],
      [["n2"], 9_000],
    ]);
  });
});

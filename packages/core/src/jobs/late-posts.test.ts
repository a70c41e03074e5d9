import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SharedTimer } from "../timing/shared-timer.ts";
import { LatePosts } from "./late-posts.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function posts(count: number): AbortController[] {
  return Array.from({ length: count }, () => new AbortController());
}

function areCut(some: readonly AbortController[]): boolean[] {
  return some.map(({ signal }) => signal.aborted);
}

describe("LatePosts", () => {
  it("cuts each a second after its job was done, all for one reason and by one setTimeout at a time", () => {
    const late = new LatePosts(new SharedTimer(), 60_000);
    const all = posts(3);
    for (const post of all) {
      late.add(post, true);
      vi.advanceTimersByTime(300);
      expect(vi.getTimerCount()).toBe(1);
    }
    vi.advanceTimersByTime(99);
    expect(areCut(all)).toEqual([false, false, false]);
    vi.advanceTimersByTime(1);
    expect(areCut(all)).toEqual([true, false, false]);
    vi.advanceTimersByTime(600);
    expect(areCut(all)).toEqual([true, true, true]);
    const [reason, ...others] = all.map(({ signal }): unknown => signal.reason);
    expect(reason).toMatchObject({ name: "AbortError" });
    for (const other of others) expect(other).toBe(reason);
  });

  it("leaves those alone that are answered, and no timer behind the last of them", () => {
    const late = new LatePosts(new SharedTimer(), 60_000);
    const [first, second] = posts(2);
    late.add(first, true);
    vi.advanceTimersByTime(500);
    late.add(second, true);
    late.delete(first);
    vi.advanceTimersByTime(999);
    late.delete(second);
    late.delete(second);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(10_000);
    expect([first?.signal.aborted, second?.signal.aborted]).toEqual([false, false]);
  });

  it("cuts at once what is no post yet, and every one of a client that has nothing under way after its last job", () => {
    const [unsent, sent] = posts(2);
    new LatePosts(new SharedTimer(), 60_000).add(unsent, false);
    new LatePosts(new SharedTimer(), 0).add(sent, true);
    expect([unsent?.signal.aborted, sent?.signal.aborted]).toEqual([true, true]);
  });

  it("lets none outlive the client's event connection", () => {
    const late = new LatePosts(new SharedTimer(), 200);
    const [post] = posts(1);
    late.add(post, true);
    vi.advanceTimersByTime(200);
    expect(post?.signal.aborted).toBe(true);
  });

  it("knows nothing of a submission that is over", () => {
    const late = new LatePosts(new SharedTimer(), 60_000);
    late.add(undefined, true);
    late.delete(undefined);
    expect(late.wakeAtMs).toBe(Number.POSITIVE_INFINITY);
  });
});

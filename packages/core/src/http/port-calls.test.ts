import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import type { AuthorizedRequest } from "./authorized-client.ts";
import { type PortCall, PortCalls } from "./port-calls.ts";
import type { TextResponse } from "./transport.ts";

const ROWS = "https://rows.example/rest/v1/conversation";
const TOKEN = "https://rows.example/auth/v1/token";

function recorder(answer: Partial<TextResponse> = {}) {
  const sent: AuthorizedRequest[] = [];
  const calls = new PortCalls({
    text: async (request) => {
      sent.push(request);
      return { status: 200, headers: new Headers(), text: "[]", ...answer };
    },
  });
  return { calls, sent };
}

describe("a call to a port", () => {
  it("has the caller's options in its fetch, side by side with other calls", async () => {
    const { calls, sent } = recorder();
    const onResponse = (): void => undefined;
    const options = { headers: { "X-Mine": "1" }, maxRetries: 7, timeout: { totalMs: 5 }, onResponse };
    await Promise.all([
      calls.run(options, ({ fetch }) => fetch(ROWS, { headers: { apikey: "key" } })),
      calls.run({}, ({ fetch }) => fetch(ROWS)),
    ]);
    expect(sent[0]).toMatchObject({
      kind: "rows",
      method: "GET",
      url: ROWS,
      headers: { apikey: "key", "x-mine": "1" },
      maxRetries: 7,
      limits: { totalMs: 5 },
      onResponse,
    });
    expect(sent[1]).toMatchObject({ headers: {}, maxRetries: undefined, limits: { totalMs: 30_000 } });
  });

  it("repeats what only reads, and tells grants from rows", async () => {
    const { calls, sent } = recorder();
    await calls.run({}, async ({ fetch }) => {
      await fetch(ROWS, { method: "POST", body: "[]" });
      await fetch(TOKEN, { method: "POST" });
      await fetch(ROWS);
    });
    expect(sent.map(({ kind, repeat }) => `${kind} ${repeat}`)).toEqual(["rows billed", "auth billed", "rows safe"]);
    expect(sent[0]?.body?.()).toBe("[]");
  });

  it("passes on what a middleware or a framework throws in its fetch, a TypeError too", async () => {
    const theirs = Object.assign(new TypeError("x is not a function"), { digest: "x" });
    const calls = new PortCalls({ text: () => Promise.reject(theirs) });
    await expect(calls.run({}, ({ fetch }) => fetch(ROWS))).rejects.toBe(theirs);
    const stumbling = recorder().calls.run({}, async ({ fetch }) => {
      await fetch(ROWS);
      throw new TypeError("rows is null");
    });
    await expect(stumbling).rejects.toMatchObject({ name: "ResponseShapeError" });
  });

  it("has the policy that is named for its writes", async () => {
    const { calls, sent } = recorder();
    const post = ({ fetch }: PortCall): Promise<Response> => fetch(ROWS, { method: "POST", body: "[]" });
    await calls.run({}, post, { repeat: "safe", isUncounted: true });
    await calls.run({}, post, { repeat: "own-id", ownIds: ["7"] });
    expect(sent[0]).toMatchObject({ repeat: "safe", isUncounted: true });
    expect(sent[1]).toMatchObject({ repeat: "own-id", ownIds: ["7"] });
  });

  it("leaves no listener on the caller's signal", async () => {
    const { signal } = new AbortController();
    await recorder().calls.run({ signal }, async () => {
      await Promise.resolve();
      expect(getEventListeners(signal, "abort")).toHaveLength(1);
    });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("ends with the caller's reason though the port waits for what knows no signal", async () => {
    const controller = new AbortController();
    const call = recorder().calls.run({ signal: controller.signal }, () => new Promise(() => undefined));
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  it("ends with the caller's reason, whatever the port makes of it", async () => {
    const { calls } = recorder();
    const controller = new AbortController();
    const reason = new Error("enough");
    const work = calls.run({ signal: controller.signal }, async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      throw new Error("supabase-js has words of its own for it");
    });
    controller.abort(reason);
    await expect(work).rejects.toBe(reason);
    await expect(calls.run({ signal: controller.signal }, async () => 1)).rejects.toBe(reason);
  });

  it("is ended for a client with a fetch of its own too, and for a fetch that is given another signal", async () => {
    const { calls, sent } = recorder();
    const other = new AbortController().signal;
    await calls.run({}, async ({ fetch, signal }) => {
      await fetch(ROWS);
      await fetch(ROWS, { signal: other });
      expect(sent[0]?.signal).toBe(signal);
      expect(sent[1]?.signal).toBe(other);
    });
  });

  it.each([
    ["rows that are no JSON", ROWS, "<html></html>", "ResponseShapeError"],
    ["an auth answer that is no JSON", TOKEN, "", "ResponseShapeError"],
  ])("refuses %s", async (_what, url, text, name) => {
    const { calls } = recorder({ text });
    await expect(calls.run({}, ({ fetch }) => fetch(url))).rejects.toMatchObject({ name });
  });

  it("gives an answer without a body on as one", async () => {
    const { calls } = recorder({ status: 204, text: "" });
    expect(await calls.run({}, async ({ fetch }) => (await fetch(TOKEN)).body)).toBeNull();
  });
});

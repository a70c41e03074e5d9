import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { answerText, refusalText } from "./answer-text.ts";

const { signal } = new AbortController();
const MIB = 1024 * 1024;

/** A body of so many parts, and how many of them were asked for. */
function parts(part: Uint8Array, count: number) {
  const state = { given: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (state.given++ < count) controller.enqueue(part);
        else controller.close();
      },
      cancel() {
        state.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(body), state };
}

/** What an answer looks like whose body is no web stream. */
function unstreamed(fields: Record<string, unknown>): Response {
  return { status: 200, headers: new Headers(), bodyUsed: false, body: {}, ...fields } as unknown as Response;
}

describe("the text of an answer", () => {
  it("is what the body holds, whatever it is cut at, without a byte order mark", async () => {
    const bytes = new TextEncoder().encode("\uFEFFzażółć 🍌");
    for (let size = 1; size <= bytes.length; size++) {
      const cut = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.slice(at * size, (at + 1) * size),
      );
      const body = new ReadableStream({
        start(controller) {
          for (const part of cut) controller.enqueue(part);
          controller.close();
        },
      });
      const response = new Response(body);
      expect(await answerText(response, "GET /x", signal)).toBe("zażółć 🍌");
    }
    expect(await answerText(new Response(null, { status: 204 }), "GET /x", signal)).toBe("");
  });

  it("has at most 32 MiB: what is longer is a typed error, and is read no further", async () => {
    const whole = parts(new Uint8Array(MIB).fill(97), 32);
    expect(await answerText(whole.response, "GET /x", signal)).toHaveLength(32 * MIB);
    const { response, state } = parts(new Uint8Array(MIB).fill(97), 800);
    const work = answerText(response, "GET /x", signal);
    await expect(work).rejects.toMatchObject({ name: "ResponseShapeError", message: /^GET \/x .*33554432 bytes/ });
    expect(state).toEqual({ given: 33, isCancelled: true });
  });

  it("of a refusal is its first MiB, without half a character at its end", async () => {
    const { response, state } = parts(new TextEncoder().encode("€".repeat(MIB / 2)), 800);
    const text = await refusalText(response, "GET /x", signal);
    expect(text).toBe("€".repeat(Math.floor(MIB / 3)));
    expect(state).toEqual({ given: 1, isCancelled: true });
  });

  it("is had by text() where the body is no web stream, within the same bounds", async () => {
    expect(await answerText(unstreamed({ text: async () => "[]" }), "GET /x", signal)).toBe("[]");
    expect(await answerText(unstreamed({ body: undefined, text: async () => "[]" }), "GET /x", signal)).toBe("[]");
    const long = unstreamed({ text: async () => "x".repeat(32 * MIB + 1) });
    await expect(answerText(long, "GET /x", signal)).rejects.toMatchObject({ name: "ResponseShapeError" });
    const nothing = answerText(unstreamed({}), "GET /x", signal);
    await expect(nothing).rejects.toMatchObject({ name: "ResponseShapeError", message: /nor text\(\)/ });
  });

  it("is no empty one where somebody has read it already", async () => {
    const response = new Response("[]");
    await response.text();
    await expect(answerText(response, "GET /x", signal)).rejects.toThrow("read already");
  });

  it("ends with the signal's reason, and leaves no listener", async () => {
    const controller = new AbortController();
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      cancel() {
        isCancelled = true;
      },
    });
    const work = answerText(new Response(body), "GET /x", controller.signal);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(work).rejects.toBe(reason);
    expect(isCancelled).toBe(true);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });
});

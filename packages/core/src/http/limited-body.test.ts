import { describe, expect, it } from "vitest";
import { deadline } from "../timing/deadline.ts";
import { limitedBody } from "./limited-body.ts";

const block = (): Uint8Array<ArrayBuffer> => new Uint8Array([1, 2, 3, 4]);

/** A body of `count` blocks, as a stream of bytes or of parts, under an idle limit. */
function limited(kind: "bytes" | "parts", count: number, { totalBytes = count * 4, part = block } = {}) {
  let sent = 0;
  const state = { cancelledWith: undefined as unknown, received: 0, isReleased: false };
  const pull = (controller: ReadableByteStreamController | ReadableStreamDefaultController<Uint8Array>): void => {
    if (sent++ < count) controller.enqueue(part());
    else if (count === Number.POSITIVE_INFINITY) throw new Error("lost");
    else controller.close();
    if (sent > count && "byobRequest" in controller) controller.byobRequest?.respond(0);
  };
  const cancel = (reason: unknown): void => {
    state.cancelledWith = reason;
  };
  const body =
    kind === "bytes"
      ? new ReadableStream({ type: "bytes", pull, cancel })
      : new ReadableStream<Uint8Array>({ pull, cancel }, { highWaterMark: 0 });
  const limit = deadline("a download");
  const opened = {
    response: new Response(body),
    deadline: limit,
    release: () => {
      limit.release();
      state.isReleased = true;
    },
  };
  const onReceived = (bytes: number): void => {
    state.received = bytes;
  };
  return { state, limit, stream: limitedBody(opened, { label: "GET /a", idleMs: 1_000, totalBytes, onReceived }) };
}

describe.each(["bytes", "parts"] as const)("a body of %s under limits", (kind) => {
  it("gives all of it, counts it and lets go of the request", async () => {
    const { stream, state } = limited(kind, 3);
    expect(new Uint8Array(await new Response(stream).arrayBuffer())).toHaveLength(12);
    expect(state).toMatchObject({ received: 12, isReleased: true });
  });

  it("fails where it is too short, or aborted, and cancels what it reads", async () => {
    await expect(new Response(limited(kind, 1, { totalBytes: 5 }).stream).bytes()).rejects.toMatchObject({
      name: "ConnectionError",
    });
    const { stream, limit, state } = limited(kind, 3);
    const reader = stream.getReader();
    await reader.read();
    const reason = new Error("enough");
    limit.abort(reason);
    await expect(reader.read()).rejects.toBe(reason);
    expect(state).toMatchObject({ cancelledWith: reason, isReleased: true });
  });
});

describe("a stream of bytes", () => {
  it("is read into the memory of its reader, with the same count and the same end", async () => {
    const { stream, state } = limited("bytes", 2);
    const reader = stream.getReader({ mode: "byob" });
    const first = await reader.read(new Uint8Array(new ArrayBuffer(16), 0, 3));
    expect([...(first.value ?? [])]).toEqual([1, 2, 3]);
    const second = await reader.read(new Uint8Array(first.value?.buffer ?? new ArrayBuffer(), 3));
    expect([...(second.value ?? [])]).toEqual([4]);
    expect(second.value?.buffer.byteLength).toBe(16);
    await reader.read(new Uint8Array(16));
    expect(await reader.read(new Uint8Array(16))).toMatchObject({ done: true });
    expect(state).toMatchObject({ received: 8, isReleased: true });
  });

  it("changes hands between readers of both kinds", async () => {
    const { stream } = limited("bytes", 3);
    const blocks = stream.getReader({ mode: "byob" });
    await blocks.read(new Uint8Array(4));
    blocks.releaseLock();
    const parts = stream.getReader();
    expect((await parts.read()).value).toHaveLength(4);
  });

  it("fails a reader that brings memory with the caller's reason", async () => {
    const { stream, limit } = limited("bytes", 3);
    const reader = stream.getReader({ mode: "byob" });
    await reader.read(new Uint8Array(4));
    limit.abort(new Error("enough"));
    await expect(reader.read(new Uint8Array(4))).rejects.toThrow("enough");
  });
});

it("leaves the memory of a caller's stream of parts alone", async () => {
  const shared = block();
  const { stream } = limited("parts", 3, { part: () => shared });
  expect(await new Response(stream).bytes()).toHaveLength(12);
  expect(shared).toHaveLength(4);
});

import { describe, expect, it } from "vitest";
import { parseNodeEvent } from "./node-event.ts";

describe("parseNodeEvent", () => {
  it("opens the envelope, and takes bare events too", () => {
    const bare = { type: "chunks", nodeId: "n", seq: 3, chunks: ["a", "b"] };
    const event = { type: "chunks", nodeId: "n", seq: 3, fragments: ["a", "b"] };
    expect(parseNodeEvent({ data: bare, id: "x" })).toEqual(event);
    expect(parseNodeEvent(bare)).toEqual(event);
    expect(parseNodeEvent({ data: { ...bare, nodeId: undefined, node_id: "n" } })).toEqual(event);
  });

  it("does not mistake a bare event's own data for an envelope", () => {
    const event = parseNodeEvent({ type: "result", nodeId: "n", data: { value: "the text" } });
    expect(event).toMatchObject({ type: "ended", end: { nodeData: { value: "the text" } } });
  });

  it.each([
    [{ type: "complete", result: "x" }],
    [{ type: "result" }],
    [{ type: "progress", status: "completed" }],
    [{ type: "anything", status: "DONE" }],
    [{ type: "anything", resultUrl: "https://x/y.png" }],
    [{ type: "workflow_complete", status: "success", result: "https://x" }],
  ])("ends with %j", (body) => {
    expect(parseNodeEvent({ nodeId: "n", ...body })).toMatchObject({ type: "ended" });
  });

  it.each([
    [{ type: "error" }, "unknown"],
    [{ type: "failed", message: "no", error_type: "timeout" }, "timeout"],
    [{ type: "complete", error: "no", error_type: "content_policy" }, "content_policy"],
    [{ type: "workflow_complete", status: "cancelled" }, "unknown"],
  ])("fails with %j", (body, reason) => {
    expect(parseNodeEvent({ nodeId: "n", ...body })).toMatchObject({ type: "failed", failure: { reason } });
  });

  it("keeps unknown types, and drops what names no node", () => {
    expect(parseNodeEvent({ nodeId: "n", type: "new thing" })).toMatchObject({ type: "other" });
    for (const value of [{ heartbeat: 1 }, { status: "connected" }, null, [], "text", 7, { data: {} }]) {
      expect(parseNodeEvent(value)).toBeUndefined();
    }
  });
});

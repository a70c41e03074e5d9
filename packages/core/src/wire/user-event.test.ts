import { describe, expect, it } from "vitest";
import { userEvent } from "./user-event.ts";

describe("an event of the user's stream", () => {
  it("is taken out of its envelope", () => {
    const inner = { type: "chunks", nodeId: "n", convId: "c", chunks: ["Hi"] };
    expect(userEvent({ data: inner, id: "1" })).toEqual({ type: "chunks", nodeId: "n", convId: "c", raw: inner });
    const unknown = { balance: 3 };
    expect(userEvent({ data: unknown, id: "1" })).toEqual({
      type: undefined,
      nodeId: undefined,
      convId: undefined,
      raw: unknown,
    });
  });

  it("is left as it is where its data is the node's, or where it is of a kind of its own", () => {
    const bare = { type: "complete", node_id: "n", data: { value: "text" } };
    expect(userEvent(bare)).toEqual({ type: "complete", nodeId: "n", convId: undefined, raw: bare });
    const notice = { type: "notice", data: { text: "Maintenance at noon" } };
    expect(userEvent(notice)?.raw).toBe(notice);
  });

  it("is taken out of an envelope that has a type as well", () => {
    expect(userEvent({ type: "event", data: { type: "complete", nodeId: "n" } })).toMatchObject({ type: "complete" });
  });

  it("is none when it is a heartbeat", () => {
    expect(userEvent({ heartbeat: 1_779_127_465_201 })).toBeUndefined();
    expect(userEvent({ data: { heartbeat: 1 } })).toBeUndefined();
  });
});

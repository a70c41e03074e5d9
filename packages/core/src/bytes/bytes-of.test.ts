import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { bytesOf } from "./bytes-of.ts";

const { buffer } = Uint8Array.of(1, 2, 3, 4);

it.each<[string, unknown]>([
  ["an ArrayBuffer", buffer],
  ["a view", new Uint16Array(buffer)],
  ["an ArrayBuffer of another realm", runInNewContext("Uint8Array.of(1, 2, 3, 4).buffer")],
  ["a view of another realm", runInNewContext("new DataView(Uint8Array.of(1, 2, 3, 4).buffer)")],
])("takes %s", (_what, value) => {
  expect([...(bytesOf(value) ?? [])]).toEqual([1, 2, 3, 4]);
});

it("copies nothing", () => {
  expect(bytesOf(new DataView(buffer, 1, 2))).toMatchObject({ buffer, byteOffset: 1, byteLength: 2 });
});

it.each<[string, unknown]>([
  ["a list of numbers", [1, 2]],
  ["what only says that it is an ArrayBuffer", { byteLength: 4, [Symbol.toStringTag]: "ArrayBuffer" }],
  ["a text", "text"],
  ["undefined", undefined],
])("does not take %s", (_what, value) => {
  expect(bytesOf(value)).toBeUndefined();
});

it("takes nothing whose memory is gone", () => {
  const gone = Uint8Array.of(1, 2);
  structuredClone(gone, { transfer: [gone.buffer] });
  expect(bytesOf(gone)).toBeUndefined();
  expect(bytesOf(gone.buffer)).toBeUndefined();
});

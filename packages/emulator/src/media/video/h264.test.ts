import { expect, it } from "vitest";
import { BitWriter } from "./bit-writer.ts";
import { encodeH264 } from "./h264.ts";
import { macroblockBytes } from "./macroblock.ts";

const bits = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");

it("writes the codes of table 9-2 and 9-3", () => {
  const writer = new BitWriter(1);
  for (const value of [0, 1, 2, 3, 7]) writer.unsigned(value);
  for (const value of [0, 1, -1, 2]) writer.signed(value);
  expect(bits(writer.trailing())).toMatch(/^1010011001000001000101001100100/);
});

const picture = (fill: number): Uint8Array[] =>
  Array.from({ length: 4 }, () => new Uint8Array(macroblockBytes).fill(fill));

it("sends a picture that repeats the one before in a few bytes, and only what changed of others", () => {
  const changed = picture(100);
  changed[2] = new Uint8Array(macroblockBytes).fill(7);
  const [key, same, other] = encodeH264([picture(100), picture(100), changed], 2, 2);
  expect(key?.length).toBeGreaterThan(4 * macroblockBytes);
  expect(same?.length).toBeLessThan(12);
  expect(other?.length).toBeGreaterThan(macroblockBytes);
  expect(other?.length).toBeLessThan(macroblockBytes + 20);
});

it("lets no start code stand within a unit", () => {
  const [key] = encodeH264([picture(0)], 2, 2);
  const units = Buffer.from(key ?? [])
    .toString("latin1")
    .split("\0\0\0\x01");
  expect(units).toHaveLength(4);
  const bytes = units.map((unit) => Buffer.from(unit, "latin1").toString("hex"));
  for (const hex of bytes) expect(hex).not.toMatch(/^(?:..)*?0000(?:00|01|02)/);
});

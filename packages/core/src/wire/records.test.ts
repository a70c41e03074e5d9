import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { key, nullishFlag, nullishText, optionalKey, quantity, texts } from "./fields.ts";
import { parseRecords, type RawRecord, type RecordReader, rawRecord, recordReader } from "./records.ts";

interface Thing {
  id: string;
  title: string | null | undefined;
  quota: number | null | undefined;
  isOn: boolean | null | undefined;
  ref: string | null | undefined;
  tags: string[] | undefined;
  raw: RawRecord;
}

const read: RecordReader<Thing> = recordReader({
  id: ["id", key],
  title: ["title", nullishText],
  quota: ["quota", quantity],
  isOn: ["is_on", nullishFlag],
  ref: ["ref", optionalKey],
  tags: ["tags", texts],
});
const parse = (answer: unknown) => parseRecords(read, answer, "GET /things");

describe("records of an answer", () => {
  it("are a list also where the server sends one object, or nothing", () => {
    expect(parse([{ id: "a" }, { id: "b" }])).toHaveLength(2);
    expect(parse({ id: "a" })).toHaveLength(1);
    expect(parse(null)).toEqual([]);
    expect(parse(undefined)).toEqual([]);
  });

  it("keep null and absent apart, and 0, false and the empty text as values", () => {
    const [row] = parse({ id: 0, title: null, quota: 0, is_on: false, ref: "" });
    expect(row).toMatchObject({ id: "0", title: null, quota: 0, isOn: false, ref: "" });
    expect(parse({ id: "a" })[0]?.title).toBeUndefined();
  });

  it("read a quantity from a number or a text, and nothing else", () => {
    expect(parse({ id: "a", quota: " 12.50 " })[0]?.quota).toBe(12.5);
    for (const quota of ["", "many", "Infinity", Number.NaN, true, {}, []]) {
      expect(() => parse({ id: "a", quota })).toThrow(/GET \/things answered in a shape.*quota/);
    }
  });

  it("take a text or a flag in another form for a silence, and keep it in raw", () => {
    const [row] = parse({ id: "a", title: { rich: "text" }, is_on: "yes" });
    expect(row).toMatchObject({ title: undefined, isOn: undefined, raw: { title: { rich: "text" }, is_on: "yes" } });
  });

  it("take a list of texts in another form for a silence", () => {
    expect(parse({ id: "a", tags: ["x", 1] })[0]?.tags).toEqual(["x", "1"]);
    expect(parse({ id: "a", tags: "all" })[0]?.tags).toBeUndefined();
  });

  it("hand over the server's own object", () => {
    const sent = { id: 7, extra: { deep: [1] } };
    expect(parse([sent])[0]?.raw).toBe(sent);
  });

  it("are objects", () => {
    for (const answer of ["text", 7, true, ["text"], [[]], [null], {}]) expect(() => parse(answer)).toThrow(/shape/);
    expect(v.is(rawRecord, [])).toBe(false);
    expect(v.is(rawRecord, {})).toBe(true);
  });
});

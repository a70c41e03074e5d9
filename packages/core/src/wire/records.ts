import * as v from "valibot";
import { isRecord, parseAnswer } from "./parse.ts";

/** The server's own object, untouched. */
export type RawRecord = Record<string, unknown>;

/** An object of any fields; to valibot's `record` a list is one too. */
export const rawRecord: v.GenericSchema<unknown, RawRecord> = v.custom<RawRecord>(isRecord, "Expected an object");

/** Reads one object that `what` answered with. @throws ResponseShapeError */
export type RecordReader<Result> = (item: unknown, label: string) => Result;

/** A record's fields: what each is called on the wire, and its shape there. */
type FieldTable<Result> = {
  readonly [Name in Exclude<keyof Result, "raw">]: readonly [
    wireName: string,
    schema: v.GenericSchema<unknown, Result[Name]>,
  ];
};

/** How one kind of record is read: by a table of its fields, beside which it has `raw`. */
export function recordReader<Result extends { raw: RawRecord }>(
  table: NoInfer<FieldTable<Result>>,
): RecordReader<Result> {
  const fields = Object.entries<readonly [string, v.GenericSchema<unknown, unknown>]>(table);
  const schema = v.looseObject(Object.fromEntries(fields.map(([, wireField]) => wireField)));
  return (item, what) => {
    const row: RawRecord = parseAnswer(schema, item, what);
    const record = Object.fromEntries(fields.map(([name, [wireName]]) => [name, row[wireName]]));
    // What the table says field by field, TypeScript cannot say of their sum.
    return { ...record, raw: isRecord(item) ? item : {} } as Result;
  };
}

/**
 * Reads an answer as a list: also one object is a list of one, and nothing is an empty one (wire 5).
 * @throws ResponseShapeError
 */
export function parseRecords<Result>(read: RecordReader<Result>, answer: unknown, label: string): Result[] {
  const items: unknown[] = Array.isArray(answer) ? answer : answer === null || answer === undefined ? [] : [answer];
  return items.map((item) => read(item, label));
}

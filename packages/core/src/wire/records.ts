import * as v from "valibot";
import { isRecord, parseAnswer } from "./parse.ts";

/** The server's own object, untouched. */
export type RawRecord = Record<string, unknown>;

/** An object of any fields; to valibot's `record` a list is one too. */
export const rawRecord: v.GenericSchema<unknown, RawRecord> = v.custom<RawRecord>(isRecord, "Expected an object");

/** Reads one object that `what` answered with. @throws ResponseShapeError */
export type RecordReader<Result> = (item: unknown, label: string) => Result;

/** How one kind of record is read: its shape, and what it becomes. */
export function recordReader<Row, Result>(
  schema: v.GenericSchema<unknown, Row>,
  read: (row: Row, raw: RawRecord) => Result,
): RecordReader<Result> {
  return (item, what) => {
    const row = parseAnswer(schema, item, what);
    return read(row, isRecord(item) ? item : {});
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

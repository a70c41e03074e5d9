import * as v from "valibot";
import type { FaultBook } from "../faults/fault-book.ts";
import type { Fault } from "../faults/kinds/index.ts";
import { invalid, json } from "../http/answers.ts";
import { readJson } from "../http/read-body.ts";

/** Only the type is looked at here: the kind of fault that it names checks the rest when it is armed. */
const described: v.GenericSchema<unknown, Fault> = v.custom<Fault>(
  (input) => typeof input === "object" && input !== null && "type" in input && typeof input.type === "string",
  "Expected an object with a type",
);

export async function armFault(faults: FaultBook, request: Request): Promise<Response> {
  const read = await readJson(described, request);
  if (!read.ok) return read.response;
  try {
    return json(faults.arm(read.value), 201);
  } catch (error) {
    if (error instanceof RangeError)
      return invalid([{ loc: ["body", "type"], msg: error.message, type: "value_error" }]);
    if (!v.isValiError(error)) throw error;
    return invalid(
      error.issues.map((issue) => ({ loc: ["body", v.getDotPath(issue) ?? ""], msg: issue.message, type: issue.type })),
    );
  }
}

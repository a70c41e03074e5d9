import * as v from "valibot";
import type { FaultBook } from "../faults/fault-book.ts";
import type { Fault } from "../faults/kinds/index.ts";
import { invalid, json } from "../http/answers.ts";
import { readJson } from "../http/read-body.ts";
import { EmulatorOptionError } from "../option-error.ts";

/** The book checks what it is given, whoever gives it. */
const anything: v.GenericSchema<unknown, Fault> = v.custom<Fault>(() => true);

export async function armFault(faults: FaultBook, request: Request): Promise<Response> {
  const read = await readJson(anything, request);
  if (!read.ok) return read.response;
  try {
    return json(faults.arm(read.value), 201);
  } catch (error) {
    if (!(error instanceof EmulatorOptionError)) throw error;
    const { cause, option, message } = error;
    if (!v.isValiError(cause)) return invalid([{ loc: ["body", option], msg: message, type: "value_error" }]);
    return invalid(
      cause.issues.map((issue) => ({ loc: ["body", v.getDotPath(issue) ?? ""], msg: issue.message, type: issue.type })),
    );
  }
}

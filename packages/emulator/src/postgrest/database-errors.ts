import * as v from "valibot";
import { DatabaseCrashError } from "../database/database-crash.ts";
import { PostgrestError } from "./errors.ts";

const databaseError = v.looseObject({
  code: v.pipe(v.string(), v.regex(/^[0-9A-Z]{5}$/)),
  message: v.string(),
  detail: v.nullish(v.string()),
  hint: v.nullish(v.string()),
});

type DatabaseError = v.InferOutput<typeof databaseError>;

const statusByCode: Readonly<Record<string, number>> = {
  "23503": 409,
  "23505": 409,
  "25006": 405,
  "42P01": 404,
  "42P17": 500,
  "53400": 500,
  "57P01": 503,
  P0001: 400,
};

const statusByClass: Readonly<Record<string, number>> = {
  "08": 503,
  "09": 500,
  "0L": 403,
  "0P": 403,
  "25": 500,
  "28": 403,
  "2D": 500,
  "38": 500,
  "39": 500,
  "3B": 500,
  "40": 500,
  "53": 503,
  "54": 500,
  "55": 500,
  "57": 500,
  "58": 500,
  F0: 500,
  HV: 500,
  P0: 500,
  XX: 500,
};

function statusOf({ code, message }: DatabaseError, isAnonymous: boolean): number {
  if (code === "42501") return isAnonymous ? 401 : 403;
  if (code === "42883") return message.startsWith("function xmlagg(") ? 406 : 404;
  if (code === "21000") return message.endsWith("requires a WHERE clause") ? 400 : 500;
  if (code === "22023") return message.startsWith("role") && message.endsWith("does not exist") ? 401 : 400;
  // `raise ... using errcode = 'PT402'` names the status.
  if (code.startsWith("PT")) {
    const status = Number(code.slice(2));
    return status >= 200 && status <= 599 ? status : 500;
  }
  return statusByCode[code] ?? statusByClass[code.slice(0, 2)] ?? 400;
}

const raisedMessage = v.object({
  code: v.string(),
  message: v.string(),
  details: v.nullish(v.string()),
  hint: v.nullish(v.string()),
});

const raisedDetail = v.object({
  status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
  headers: v.record(v.string(), v.string()),
});

function parseJson<T>(schema: v.GenericSchema<unknown, T>, text: string): T | undefined {
  try {
    return v.parse(schema, JSON.parse(text));
  } catch {
    return undefined;
  }
}

function malformedRaise(details: string, isMessage: boolean): PostgrestError {
  const hint = isMessage
    ? "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys: 'details', 'hint'."
    : "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key: 'status_text'.";
  return new PostgrestError(500, "PGRST121", `Could not parse JSON in the "RAISE SQLSTATE 'PGRST'" error`, {
    details,
    hint,
  });
}

/** `raise sqlstate 'PGRST'`: the function decides about the whole answer. */
function fullControl({ message, detail }: DatabaseError): PostgrestError {
  const body = parseJson(raisedMessage, message);
  if (body === undefined) return malformedRaise(`Invalid JSON value for MESSAGE: '${message}'`, true);
  if (detail == null) return malformedRaise("DETAIL is missing in the RAISE statement", false);
  const answer = parseJson(raisedDetail, detail);
  if (answer === undefined) return malformedRaise(`Invalid JSON value for DETAIL: '${detail}'`, false);
  return new PostgrestError(answer.status, body.code, body.message, {
    details: body.details ?? null,
    hint: body.hint ?? null,
    headers: answer.headers,
  });
}

/** An error that Postgres raised or died of, as an answer; `undefined` for what is not from Postgres. */
export function fromDatabaseError(error: unknown, isAnonymous: boolean): PostgrestError | undefined {
  if (error instanceof DatabaseCrashError) {
    const details = error.message;
    return new PostgrestError(503, "PGRST001", "Database client error. Retrying the connection.", { details });
  }
  const parsed = v.safeParse(databaseError, error);
  if (!parsed.success) return undefined;
  const { code, message, detail, hint } = parsed.output;
  if (code === "PGRST") return fullControl(parsed.output);
  const status = statusOf(parsed.output, isAnonymous);
  return new PostgrestError(status, code, message, {
    details: detail ?? null,
    hint: hint ?? null,
    headers: status === 401 ? { "www-authenticate": "Bearer" } : {},
  });
}

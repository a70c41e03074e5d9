import { counterparts } from "../counterparts/index.ts";
import { valueDifferences } from "./differences.ts";

/** Records whose `metadata` is more than what the server sent. */
const composed: ReadonlySet<string> = new Set(["GenerationOutput", "ImageOutput", "VideoOutput"]);

/**
 * In what the two clients' results differ, each field of a record held against its counterpart. What the Python client
 * gives for an absent value, such as an empty text, counts as the absent value that it stands for.
 */
export function resultDifferences(theirs: unknown, ours: unknown, at = "result"): string[] {
  if (isRecordOf(theirs)) return recordDifferences(theirs, ours, at);
  if (Array.isArray(theirs) && Array.isArray(ours)) {
    const pairs = theirs.flatMap((item, index) => resultDifferences(item, ours[index], `${at}[${index}]`));
    return theirs.length === ours.length ? pairs : [`${at}: ${theirs.length} items → ${ours.length}`, ...pairs];
  }
  if (isObject(theirs) && isObject(ours)) {
    // A dict of the server's, which ours wraps.
    if ("raw" in ours && !("error" in theirs)) return valueDifferences(theirs, ours.raw, at);
    const keys = Object.keys(theirs);
    if (keys.length > 0 && !keys.some((key) => key in ours))
      return [`${at}: ${keys.join(", ")} → ${Object.keys(ours).join(", ")}`];
  }
  if (isBlank(theirs) && (ours === null || ours === undefined)) return [];
  return valueDifferences(theirs, ours, at);
}

function recordDifferences({ record, fields }: PythonRecord, ours: unknown, at: string): string[] {
  const type = counterparts[record]?.here;
  return Object.entries(fields).flatMap(([name, value]) => {
    const here = counterparts[`${record}.${name}`]?.here;
    if (here === null || here === undefined || (name === "metadata" && composed.has(record))) return [];
    const [owner, field = ""] = here.split(".");
    // Of a stream's chunk, or of what ours extends.
    if (owner !== type && !(isObject(ours) && field in ours)) return [];
    const found = isObject(ours) ? Reflect.get(ours, field) : undefined;
    if (typeof value === "number" && found === String(value)) return [];
    return resultDifferences(value, found, `${at}.${field}`);
  });
}

interface PythonRecord {
  record: string;
  fields: Record<string, unknown>;
}

function isRecordOf(value: unknown): value is PythonRecord {
  return isObject(value) && "record" in value && typeof value.record === "string" && "fields" in value;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isBlank(value: unknown): boolean {
  return (
    value === null ||
    value === "" ||
    value === 0 ||
    value === false ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}

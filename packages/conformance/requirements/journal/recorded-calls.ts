import { readFileSync } from "node:fs";
import * as v from "valibot";

const requestSchema = v.object({
  method: v.string(),
  path: v.string(),
  query: v.record(v.string(), v.string()),
  authorization: v.picklist(["none", "bare", "bearer"]),
  contentType: v.nullable(v.string()),
  hasApikey: v.boolean(),
  looksLikeBrowser: v.boolean(),
  body: v.unknown(),
});

const callSchema = v.object({ requests: v.array(requestSchema), result: v.unknown() });

/** What one call sent, and what it gave. */
export type RecordedCall = v.InferOutput<typeof callSchema>;

const schema = v.record(v.string(), callSchema);

/** What the Python client sent and gave, by the call's name. */
export function recordedCalls(): Record<string, RecordedCall> {
  return v.parse(schema, JSON.parse(readFileSync(new URL("../python-requests.json", import.meta.url), "utf8")));
}

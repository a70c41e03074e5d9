import * as v from "valibot";
import { json } from "../http/answers.ts";
import { readValue } from "../http/read-body.ts";
import type { Journal } from "../journal/journal.ts";
import { maxWaitMs } from "../settings.ts";

interface JournalQuery {
  user?: string | undefined;
  route?: string | undefined;
  status?: number | undefined;
  after?: number | undefined;
  isCutShort?: boolean | undefined;
  wait?: number | undefined;
}

const digits = v.pipe(v.string(), v.regex(/^\d+$/, "Expected a whole number"), v.transform(Number));

const query: v.GenericSchema<unknown, JournalQuery> = v.object({
  user: v.optional(v.string()),
  route: v.optional(v.string()),
  status: v.optional(digits),
  after: v.optional(digits),
  isCutShort: v.optional(
    v.pipe(
      v.picklist(["true", "false"]),
      v.transform((word) => word === "true"),
    ),
  ),
  wait: v.optional(v.pipe(digits, v.maxValue(maxWaitMs))),
});

/** `GET /__emulator/journal?user=&route=&status=&isCutShort=&after=&wait=`: with `wait` (ms) it answers once an entry matches. */
export async function readJournal(journal: Journal, parameters: URLSearchParams): Promise<Response> {
  const read = readValue(query, Object.fromEntries(parameters));
  if (!read.ok) return read.response;
  const { wait, ...filter } = read.value;
  if (wait !== undefined) await journal.waitFor(filter, wait);
  return json(journal.list(filter));
}

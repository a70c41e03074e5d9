import { readFile, stat, truncate } from "node:fs/promises";
import * as v from "valibot";
import { usageError } from "../cli-error.ts";
import { diskWords } from "../disk/disk-words.ts";

const schema = v.looseObject({
  id: v.string(),
  status: v.picklist(["fulfilled", "rejected", "skipped"]),
  digest: v.string(),
  error: v.optional(v.looseObject({ code: v.string() })),
});

/** A line of the output, as far as a later run has to understand it. */
export interface StoredResult {
  status: "fulfilled" | "rejected" | "skipped";
  digest: string;
  /** Of a line without a result. */
  code: string | undefined;
  /** The line as it stands there. */
  text: string;
}

/** Of each line that a batch writes. */
const BEGINNING = '{"id":';

export interface StoredResults {
  /** The last line of each id, where the first one stood. */
  byId: Map<string, StoredResult>;
  /** Whether some id has several lines. */
  hasOlder: boolean;
}

/**
 * The results that earlier runs have written. The torn line that a kill leaves at the end is cut off.
 * @throws CliError for a file that holds something else
 */
export async function readStoredResults(path: string): Promise<StoredResults> {
  const byId = new Map<string, StoredResult>();
  // a device has no end
  if (!(await stat(path)).isFile()) return { byId, hasOlder: false };
  const bytes = await readFile(path).catch((error: unknown) => {
    throw usageError(`Cannot read the results in ${path}: ${diskWords(error)}.`);
  });
  const wholeBytes = bytes.lastIndexOf("\n") + 1;
  const lines = bytes.subarray(0, wholeBytes).toString("utf8").split("\n").slice(0, -1);
  for (const [index, text] of lines.entries()) {
    if (text.trim() === "") continue;
    const parsed = parseLine(text);
    if (parsed === undefined) throw foreign(path, `line ${index + 1} is no result of a batch`);
    const { id, status, digest, error } = parsed;
    byId.set(id, { status, digest, code: error?.code, text });
  }
  const torn = bytes.subarray(wholeBytes).toString("utf8");
  if (torn !== "") {
    if (!BEGINNING.startsWith(torn) && !torn.startsWith(BEGINNING))
      throw foreign(path, "its last line is no result of a batch");
    await truncate(path, wholeBytes);
  }
  return { byId, hasOlder: lines.length > byId.size };
}

function parseLine(text: string): v.InferOutput<typeof schema> | undefined {
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

function foreign(path: string, why: string): Error {
  return usageError(
    `${path} is there, and holds something else: ${why}. Nothing was sent.`,
    "Name another file, or --force to write over it.",
  );
}

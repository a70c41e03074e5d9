import * as v from "valibot";

const entry = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  name: v.string(),
  sha256: v.pipe(v.string(), v.regex(/^[\da-f]{64}$/)),
  createdAt: v.string(),
  requestsPerMinute: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  sessionFile: v.optional(v.pipe(v.string(), v.nonEmpty())),
  apiKeyVariable: v.optional(v.pipe(v.string(), v.nonEmpty())),
});

const file = v.object({
  version: v.literal(1),
  keys: v.array(
    v.pipe(
      entry,
      v.check(
        ({ sessionFile, apiKeyVariable }) => (sessionFile === undefined) !== (apiKeyVariable === undefined),
        "a key has either a sessionFile or an apiKeyVariable",
      ),
    ),
  ),
});

/** A key as its file has it. No secret is in it: sessions lie in files of their own, and API keys in the environment. */
export type KeyEntry = v.InferOutput<typeof entry>;

/** @throws Error that names the file and what is wrong with it, without a word of it */
export function parseKeyFile(text: string, path: string): KeyEntry[] {
  const result = v.safeParse(file, json(text, path));
  if (result.success) return result.output.keys;
  const [issue] = result.issues;
  throw new Error(`${path} is no file of keys: ${v.getDotPath(issue) ?? "the whole"}: ${issue.message}.`);
}

export function keyFileText(keys: readonly KeyEntry[]): string {
  return `${JSON.stringify({ version: 1, keys }, undefined, 2)}\n`;
}

function json(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path} is no file of keys: it is not JSON.`);
  }
}

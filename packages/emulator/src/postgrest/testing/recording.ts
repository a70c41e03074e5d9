import * as v from "valibot";

/** One exchange with a real PostgREST. */
export interface Recording {
  readonly name: string;
  /** Who asks. */
  readonly as: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** The seed is loaded before it. */
  readonly reset: boolean;
  /** Keys and headers whose value differs from run to run. */
  readonly volatile: readonly string[];
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
}

const recording: v.GenericSchema<unknown, Recording> = v.object({
  name: v.string(),
  as: v.string(),
  method: v.string(),
  path: v.string(),
  headers: v.record(v.string(), v.string()),
  body: v.nullable(v.string()),
  reset: v.optional(v.boolean(), false),
  volatile: v.optional(v.array(v.string()), []),
  response: v.object({
    status: v.number(),
    headers: v.record(v.string(), v.string()),
    body: v.nullable(v.string()),
  }),
});

export function parseRecordings(jsonl: string): Recording[] {
  return jsonl
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => v.parse(recording, JSON.parse(line)));
}

const forms: readonly (readonly [string, RegExp])[] = [
  ["uuid", /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/],
  ["time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/],
];

function formOf(value: unknown): string {
  const text = typeof value === "string" ? value : undefined;
  const form = forms.find(([, pattern]) => text !== undefined && pattern.test(text));
  return `<${form?.[0] ?? typeof value}>`;
}

/** Replaces each value that differs from run to run by its form. */
export function withoutVolatile(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutVolatile(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      names.includes(key) ? formOf(item) : withoutVolatile(item, names),
    ]),
  );
}

/** The same for the text, where only the spelling counts. */
export function textWithoutVolatile(text: string, names: readonly string[]): string {
  return names.reduce(
    (current, name) =>
      current.replace(new RegExp(`("${name}":\\s*)"([^"]*)"`, "g"), (_, key, value) => key + formOf(value)),
    text,
  );
}

export function parseBody(text: string | null): unknown {
  if (text === null || text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

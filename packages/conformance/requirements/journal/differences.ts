import type { SentRequest } from "./sent-request.ts";

/**
 * In what two lists of requests differ, sorted: `POST /x: query.a: "1" → none`, `only here: GET /y`. The order of the
 * requests does not count, since a stream is opened beside others; of two to one path, the first is held against the first.
 * Rows that are inserted are compared one by one, whether they came in one request or in several.
 */
export function requestDifferences(theirs: readonly SentRequest[], ours: readonly SentRequest[]): string[] {
  const found: string[] = [];
  const key = ({ method, path }: SentRequest): string => `${method} ${path}`;
  for (const name of new Set([...theirs, ...ours].map(key))) {
    const there = theirs.filter((request) => key(request) === name);
    const here = ours.filter((request) => key(request) === name);
    const say = (differences: string[]): unknown => found.push(...differences.map((one) => `${name}: ${one}`));
    if (here.length === 0) found.push(`only there: ${name}`);
    else if (there.length === 0) found.push(`only here: ${name}`);
    else {
      if (there.length !== here.length) say([`requests: ${there.length} → ${here.length}`]);
      const [rowsThere, rowsHere] = [rowsOf(there), rowsOf(here)];
      if (rowsThere !== undefined && rowsHere !== undefined) say(valueDifferences(rowsThere, rowsHere, "rows"));
      for (let index = 0; index < Math.min(there.length, here.length); index++)
        say(valueDifferences(compared(there[index]), compared(here[index])));
    }
  }
  return [...new Set(found)].sort();
}

function rowsOf(requests: readonly SentRequest[]): unknown[] | undefined {
  return requests.every(({ body }) => Array.isArray(body)) ? requests.flatMap(({ body }) => body) : undefined;
}

function compared(request: SentRequest | undefined): object {
  const { method: _method, path: _path, body, ...rest } = request ?? {};
  return Array.isArray(body) ? rest : { ...rest, body };
}

/** `a.b[0]: "1" → "2"`, with `none` for what is not there. */
export function valueDifferences(left: unknown, right: unknown, at = ""): string[] {
  if (isObject(left) && isObject(right) && Array.isArray(left) === Array.isArray(right)) {
    const inArray = Array.isArray(left);
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) =>
      valueDifferences(
        member(left, key),
        member(right, key),
        inArray ? `${at}[${key}]` : at === "" ? key : `${at}.${key}`,
      ),
    );
  }
  if (Object.is(left, right)) return [];
  return [`${at}: ${shown(left)} → ${shown(right)}`];
}

function member(value: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string {
  return value === undefined ? "none" : (JSON.stringify(value) ?? String(value));
}

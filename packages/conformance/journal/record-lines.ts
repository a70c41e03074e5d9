import {
  type Placeholders,
  type SentRequest,
  sentRequest,
  withoutTimes,
} from "../requirements/journal/sent-request.ts";
import { nameIds } from "./name-ids.ts";
import { TAG_HEADER } from "./request-tags.ts";
import { onceIn } from "./timed-requests.ts";

/** A request as the emulator's journal has it. */
export interface ReceivedRequest {
  method: string;
  host: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  body: string | null;
}

/** Where a page begins in a table that all cases share, whose rows are numbered in the order of their coming. */
const rowNumber = /(?<=\bid\.lt\.")\d+(?=")/g;

/** Of the connection, not of the request; and the tag. */
const LEFT_OUT: ReadonlySet<string> = new Set(["host", "connection", TAG_HEADER]);

/**
 * What cases sent: a line of JSON for each request of a case that differs from the others, with how often it was sent. The
 * order of requests is not kept, since those that run side by side arrive in any.
 * @param addresses what is another address in each run, by what it is
 */
export async function recordLines(
  received: ReadonlyMap<string, readonly ReceivedRequest[]>,
  addresses: Readonly<Record<string, string>>,
): Promise<string[]> {
  const masked: Placeholders = (text) => {
    const named = Object.entries(addresses).reduce((all, [name, url]) => all.replaceAll(url, `<${name}>`), text);
    return withoutTimes(named).replace(rowNumber, "<number>");
  };
  const lines: string[] = [];
  const ofRun = new Set<string>();
  for (const [id, entries] of received) {
    const ofCase = new Set<string>();
    const counted: string[] = [];
    for (const entry of entries) {
      const request = await sentRequest(asRequest(entry), masked);
      const headers = shownHeaders(entry.headers, request.contentType, masked);
      const scope = onceIn(request, id);
      if (scope === undefined) counted.push(textOf(request, headers));
      else if (scope === "case") ofCase.add(textOf(request, headers));
      else ofRun.add(nameIds([textOf(withoutIds(request), headers)]).join());
    }
    lines.push(...caseLines(id, [...ofCase], counted));
  }
  return [...lines, ...[...ofRun].sort().map((text) => lineOf("any", "some", text))];
}

function caseLines(id: string, once: readonly string[], counted: readonly string[]): string[] {
  const named = nameIds([...once, ...counted]);
  const times = new Map<string, number | "some">(named.slice(0, once.length).map((text) => [text, "some"]));
  for (const text of named.slice(once.length)) times.set(text, Number(times.get(text) ?? 0) + 1);
  if (times.size === 0) return [lineOf(id, 0)];
  return [...times].map(([text, count]) => lineOf(id, count, text)).sort();
}

function lineOf(id: string, times: number | "some", text = "{}"): string {
  return JSON.stringify({ case: id, times, ...JSON.parse(text) });
}

function asRequest({ host, path, query, method, headers, body }: ReceivedRequest): Request {
  return new Request(`http://${host}${path}${query}`, { method, headers, body });
}

/** Which jobs share one request is a matter of time as well. */
function withoutIds(request: SentRequest): SentRequest {
  const query = Object.entries(request.query).map(([name, value]) => [
    name,
    value.replaceAll(/in\.\([^)]*\)/g, "in.(…)"),
  ]);
  return { ...request, query: Object.fromEntries(query) };
}

/** The content type without its boundary. */
function shownHeaders(
  headers: ReceivedRequest["headers"],
  contentType: string | null,
  masked: Placeholders,
): Record<string, string | null> {
  const kept = Object.entries(headers).filter(([name]) => !LEFT_OUT.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, name === "content-type" ? contentType : masked(value)]));
}

function textOf({ method, path, query, body }: SentRequest, headers: Record<string, string | null>): string {
  return JSON.stringify({ request: `${method} ${path}`, query, headers, body: sorted(body) });
}

/** Which field of an object comes first says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

import { textParts } from "../bytes/text-parts.ts";
import { webBody } from "../bytes/web-body.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { StreamTruncatedError } from "../errors/stream-truncated-error.ts";
import { connectionError } from "../http/connection-failure.ts";
import type { OpenResponse } from "../http/transport.ts";
import type { Limits } from "../options/limits.ts";
import { isMarkup } from "../text/markup.ts";
import { now } from "../timing/now.ts";
import { isPageByType } from "../wire/html-page.ts";
import { jsonObject } from "../wire/node-data.ts";
import { otherKind } from "../wire/parse.ts";
import { isEmptyError } from "./answer-failure.ts";

/** One thing that an answer says: an object, one that is cut off, or the `[DONE]` at its end. */
export type AnswerEvent = { value: Record<string, unknown>; isWhole: boolean } | { isBroken: true } | { isDone: true };

/** An event of more is none of this service's. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** How an answer is read. */
export interface AnswerRead {
  /** Method and path, for errors. */
  label: string;
  limits: Limits;
  /** When the post was sent: the limit of the first byte counts from there. */
  sentAtMs: number;
  /** Whether what has been read so far has a reason to finish. */
  isFinished(): boolean;
}

/**
 * Behind a reason to finish come the usage and the mark of the end, at once or with the count of the tokens; a connection that
 * a proxy holds open says nothing more, and whoever asked has the whole answer.
 */
const FINISHED_MS = 5_000;

/**
 * The events of an answer, whatever its content type says (wire 9 has text/plain): `data:` lines as they come, or one JSON
 * text that is the whole of it. Each line is an event of its own, with or without a blank line behind it.
 * @throws ResponseShapeError for a page or another text; StreamTruncatedError where the body breaks; TimeoutError
 */
export async function* answerEvents(opened: OpenResponse, read: AnswerRead): AsyncGenerator<AnswerEvent, void> {
  const { response, deadline, release } = opened;
  const { label, limits, sentAtMs } = read;
  let finishedAtMs: number | undefined;
  const lost = (error: unknown): never => {
    if (deadline.signal.aborted) throw deadline.signal.reason;
    const cause = connectionError({ kind: "edge", label, url: response.url }, error);
    if (!ConnectionError.is(cause)) throw cause;
    throw new StreamTruncatedError(
      `${label}: the connection broke in the middle of the answer. Read error.partial, or ask again.`,
      { cause },
    );
  };
  const found: AnswerEvent[] = [];
  const lines = eventLines(found);
  let whole: string | undefined;
  let start: string | undefined = "";
  try {
    if (isPageByType(response.headers) === true)
      throw otherKind(`${label} answered with`, "an HTML page", "text was", "");
    deadline.start("first-event", limits.firstEventMs, sentAtMs);
    for await (const text of textParts(webBody(response, label), deadline.signal, lost)) {
      deadline.stop("first-event");
      deadline.start("idle", limits.idleMs);
      let part = text;
      if (start !== undefined) {
        start += text;
        if (start.trim() === "") continue;
        part = start;
        if (start.trimStart().startsWith("{")) whole = "";
        if (isMarkup(start)) throw otherKind(`${label} answered with`, "a page", "text was", "");
        start = undefined;
      }
      if (whole !== undefined) whole += part;
      else lines.feed(part);
      yield* found.splice(0);
      finishedAtMs = read.isFinished() ? (finishedAtMs ?? now()) : undefined;
      // From there on, so that comments which keep the connection open do not keep the caller waiting.
      if (finishedAtMs !== undefined)
        deadline.start("idle", Math.min(FINISHED_MS, limits.idleMs || FINISHED_MS), finishedAtMs);
    }
    lines.end();
    if (whole !== undefined) yield { value: wholeObject(whole, label), isWhole: true };
    yield* found.splice(0);
  } finally {
    release();
  }
}

function wholeObject(text: string, label: string): Record<string, unknown> {
  const value = jsonObject(text);
  if (value !== undefined) return value;
  throw new StreamTruncatedError(`${label}: the answer is JSON that was cut off. Ask again.`);
}

/**
 * Events by lines, each of which is one of its own here: no parser of event streams takes them without a blank line, and the
 * service may leave that out. An object that is not whole at the end of its line goes on in the next ones, to a blank line.
 */
function eventLines(found: AnswerEvent[]): { feed(text: string): void; end(): void } {
  let pending = "";
  let held: string[] = [];
  let heldLength = 0;
  let endsWithReturn = false;
  /** By an `event:` line, up to the data that it is of. */
  let isError = false;
  const give = (value: Record<string, unknown>): void => {
    const error = isEmptyError(value) ? true : value;
    found.push({ value: isError && isEmptyError(value.error) ? { error } : value, isWhole: false });
    isError = false;
  };
  const settle = (): void => {
    if (held.length === 0) return;
    const value = jsonObject(held.join("\n"));
    if (value === undefined) found.push({ isBroken: true });
    else give(value);
    held = [];
    heldLength = 0;
  };
  const take = (line: string): void => {
    if (line === "") {
      settle();
      isError = false;
    }
    if (/^event: ?error$/.test(line)) isError = true;
    if (!line.startsWith("data:")) return;
    const data = line.slice("data:".length).trim();
    if (data === "[DONE]") {
      settle();
      found.push({ isDone: true });
      return;
    }
    const value = held.length === 0 ? jsonObject(data) : undefined;
    if (value !== undefined) give(value);
    else if (held.length > 0 || data.startsWith("{")) {
      held.push(data);
      heldLength += data.length;
    } else if (isError) give({ error: data });
  };
  const feed = (text: string): void => {
    if (text === "") return;
    // The end of a line may come in two parts, and is no blank line then.
    const [rest = "", ...lines] = (endsWithReturn && text.startsWith("\n") ? text.slice(1) : text).split(/\r\n|[\r\n]/);
    endsWithReturn = text.endsWith("\r");
    pending += rest;
    for (const line of lines) {
      take(pending);
      pending = line;
    }
    if (pending.length + heldLength > MOST_CHARACTERS)
      throw otherKind("The service answered with", "an event without an end", "events were", "");
  };
  const end = (): void => {
    take(pending);
    settle();
  };
  return { feed, end };
}

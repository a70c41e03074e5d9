import { createParser } from "eventsource-parser";
import * as v from "valibot";
import type { Asker } from "./asker.ts";
import { EndOfRecording, readRecordedTime } from "./recorded-stream.ts";

export type Channel = "stream" | "sse";

/** One event as it came. */
export interface SeenEvent {
  atMs: number;
  text: string;
  /** The JSON of its data, or undefined where that is none. */
  json: Record<string, unknown> | undefined;
}

/** What a channel has said while it was watched. */
export interface WatchedChannel {
  label: string;
  status: number;
  contentType: string;
  headers: Headers;
  /** From the request to the headers. */
  headersMs: number;
  events: SeenEvent[];
  /** How it ended by itself; undefined while it is open, and when the watching was over first. */
  end: "ended" | "broke off" | undefined;
  /** Resolves when nothing more comes: the signal, the end of the stream, or `stop`. */
  over: Promise<void>;
  stop(): void;
}

const object = v.custom<Record<string, unknown>>((value) => typeof value === "object" && value !== null);

function readJson(text: string): Record<string, unknown> | undefined {
  try {
    const read = v.safeParse(object, JSON.parse(text));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

export const isHeartbeat = ({ json }: SeenEvent): boolean => json !== undefined && "heartbeat" in json;

/**
 * Opens a channel as the wire document has it, and keeps all that comes until it is stopped.
 * @throws NoAnswer where no headers come
 */
export async function watchChannel(
  asker: Asker,
  {
    channel,
    userId,
    signal,
    onEvent,
  }: {
    channel: Channel;
    userId: string;
    signal: AbortSignal;
    onEvent?: ((event: SeenEvent, all: readonly SeenEvent[]) => void) | undefined;
  },
): Promise<WatchedChannel> {
  const startMs = performance.now();
  const stopped = new AbortController();
  const until = AbortSignal.any([signal, stopped.signal]);
  const headers = {
    accept: "text/event-stream",
    "cache-control": "no-cache",
    ...(channel === "stream" ? { pragma: "no-cache" } : {}),
  };
  const path = `/user_stream/${channel}?user_id=${userId}`;
  const { response, label } = await asker.open({ to: "edge", path, headers }, until);
  const watched: WatchedChannel = {
    label,
    status: response.status,
    contentType: response.headers.get("content-type") ?? "",
    headers: response.headers,
    headersMs: Math.round(performance.now() - startMs),
    events: [],
    end: undefined,
    over: Promise.resolve(),
    stop: () => stopped.abort(),
  };
  watched.over = read(response, until, watched, onEvent).then(() =>
    asker.keep({
      method: "GET",
      url: response.url,
      requestHeaders: new Headers(headers),
      requestBody: undefined,
      status: watched.status,
      headers: watched.headers,
      // what came, and when: a stream has no body of its own
      body: watched.events.map(({ atMs, json, text }) => ({ atMs: Math.round(atMs), event: json ?? text })),
      isPublic: false,
      isElsewhere: false,
    }),
  );
  return watched;
}

async function read(
  response: Response,
  signal: AbortSignal,
  watched: WatchedChannel,
  onEvent: ((event: SeenEvent, all: readonly SeenEvent[]) => void) | undefined,
): Promise<void> {
  const startMs = performance.now();
  const decoder = new TextDecoder();
  let recordedAtMs: number | undefined;
  const parser = createParser({
    // those of a recording come at once, and say when they came
    onComment: (comment) => {
      recordedAtMs = readRecordedTime(comment);
    },
    onEvent: ({ data }) => {
      const event = { atMs: recordedAtMs ?? performance.now() - startMs, text: data, json: readJson(data) };
      recordedAtMs = undefined;
      watched.events.push(event);
      onEvent?.(event, watched.events);
    },
  });
  try {
    for await (const chunk of response.body ?? []) parser.feed(decoder.decode(chunk, { stream: true }));
    watched.end = "ended";
  } catch (error) {
    watched.end = signal.aborted || error instanceof EndOfRecording ? undefined : "broke off";
  }
}

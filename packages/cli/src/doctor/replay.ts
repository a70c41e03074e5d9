import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FetchLike } from "flowith-webapi";
import * as v from "valibot";
import { usageError } from "../cli-error.ts";
import { diskWords } from "../disk/disk-words.ts";
import { CannotTell } from "./cannot-tell.ts";
import { EndOfRecording, recordedTime } from "./http/recorded-stream.ts";
import type { RecordedExchange } from "./recorder.ts";

const exchangeShape: v.GenericSchema<unknown, RecordedExchange> = v.object({
  check: v.string(),
  wire: v.string(),
  request: v.object({
    method: v.string(),
    path: v.string(),
    headers: v.record(v.string(), v.string()),
    body: v.optional(v.unknown()),
  }),
  response: v.object({
    status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
    headers: v.record(v.string(), v.string()),
    body: v.unknown(),
  }),
});

const streamShape = v.array(v.object({ atMs: v.number(), event: v.unknown() }));

/** Headers of the way, which the answer made anew has not got. */
const OF_THE_WAY: ReadonlySet<string> = new Set(["content-encoding", "transfer-encoding", "connection", "keep-alive"]);

/** A recording that answers in place of the network: each check gets what it got then, in the same order. */
export class Replay {
  readonly #exchanges: ReadonlyMap<string, RecordedExchange[]>;

  private constructor(exchanges: ReadonlyMap<string, RecordedExchange[]>) {
    this.#exchanges = exchanges;
  }

  /** @throws CliError for a folder that holds no recording */
  static async read(folder: string): Promise<Replay> {
    const exchanges = new Map<string, { count: number; exchange: RecordedExchange }[]>();
    for (const name of await namesIn(folder)) {
      const count = Number(/-(\d+)\.json$/.exec(name)?.[1] ?? Number.NaN);
      if (Number.isNaN(count)) continue;
      const exchange = parsed(await readFile(join(folder, name), "utf8"));
      if (exchange === undefined) throw usageError(`${join(folder, name)} is no exchange that was recorded here.`);
      const kept = exchanges.get(exchange.check) ?? [];
      exchanges.set(exchange.check, [...kept, { count, exchange }]);
    }
    if (exchanges.size === 0)
      throw usageError(`${folder} holds no recording.`, "flowith doctor --record <folder> makes one.");
    const inOrder = [...exchanges].map(([check, kept]): [string, RecordedExchange[]] => [
      check,
      kept.toSorted((a, b) => a.count - b.count).map(({ exchange }) => exchange),
    ]);
    return new Replay(new Map(inOrder));
  }

  /** Answers one check's requests. */
  fetchFor(check: string): FetchLike {
    const left = [...(this.#exchanges.get(check) ?? [])];
    return async (_, init) => {
      const exchange = left.shift();
      if (exchange === undefined) throw new CannotTell("it is not in the recording");
      return answerOf(exchange, init?.signal ?? undefined);
    };
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw usageError(`Cannot read ${folder}: ${diskWords(error)}.`);
  }
}

function parsed(text: string): RecordedExchange | undefined {
  try {
    return v.parse(exchangeShape, JSON.parse(text));
  } catch {
    return undefined;
  }
}

function answerOf({ response }: RecordedExchange, signal: AbortSignal | undefined): Response {
  const { status, body } = response;
  const headers = Object.entries(response.headers).filter(([name]) => !OF_THE_WAY.has(name));
  const stream = /^text\/event-stream/.test(response.headers["content-type"] ?? "")
    ? v.safeParse(streamShape, body)
    : undefined;
  if (stream?.success) return new Response(openStream(stream.output, signal), { status, headers });
  const isEmpty = status === 204 || status === 205 || status === 304;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Response(isEmpty ? null : text, { status, headers });
}

/** All that came, at once; then the recording is over, and not the stream. */
function openStream(
  events: readonly { atMs: number; event: unknown }[],
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const left = [...events];
  return new ReadableStream({
    pull(controller) {
      signal?.throwIfAborted();
      const next = left.shift();
      if (next === undefined) throw new EndOfRecording();
      const { atMs, event } = next;
      const data = typeof event === "string" ? event : JSON.stringify(event);
      const lines = data.split("\n").map((line) => `data: ${line}\n`);
      controller.enqueue(encoder.encode(`${recordedTime(atMs)}${lines.join("")}\n`));
    },
  });
}

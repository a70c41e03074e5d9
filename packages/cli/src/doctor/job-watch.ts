import { setTimeout as sleep } from "node:timers/promises";
import type { Flowith, FlowithOptions, Job, JobHandle, Middleware } from "flowith-webapi";
import * as v from "valibot";
import { grants } from "./checks/edge.ts";
import type { Asker } from "./http/asker.ts";
import { type Channel, type SeenEvent, type WatchedChannel, watchChannel } from "./http/watch-channel.ts";

/** What the answer's row said at a moment. */
export interface SeenRow {
  atMs: number;
  /** Undefined while there is no row. */
  status: string | undefined;
  value: string | undefined;
}

/** The first answer of a job's post. */
export interface SeenPost {
  label: string;
  status: number;
  json: unknown;
  text: string;
}

/** One job from its post to its end, seen from outside. */
export interface SeenJob {
  post: SeenPost | undefined;
  /** Why it was not taken. */
  refusal: unknown;
  /** Events of the answer's node, without their envelope. */
  events: { channel: Channel; atMs: number; event: Record<string, unknown> }[];
  channels: WatchedChannel[];
  rows: SeenRow[];
  /** Of the job's post, by the clock of events and rows. */
  creditsBefore: number | undefined;
  creditsAfter: number | undefined;
}

export interface JobWatchOptions {
  userId: string;
  makeClient(options: FlowithOptions): Promise<Flowith>;
  /** `onSubmit` is to be passed on: it tells of the conversation before the post, which may be refused. */
  submit(client: Flowith, onSubmit: (handle: JobHandle) => void): Promise<Job>;
  /** How long the job may take. */
  limitMs: number;
}

const DONE: ReadonlySet<string> = new Set(["done", "completed", "success", "failed", "error"]);
const ROW_EVERY_MS = 1_000;
/** At first rows are read more often: what a quick job's row says midway is seen then or never. */
const FIRST_ROWS = 12;
const FIRST_ROWS_EVERY_MS = 250;
/** After the row's end, what is still on its way. */
const LAST_EVENTS_MS = 1_500;

const rowShape = v.pipe(v.array(v.looseObject({ data: v.unknown() })), v.minLength(1));
const dataShape = v.looseObject({ status: v.optional(v.string()), value: v.optional(v.string()) });

/** Events of a node wherever they stand (wire 3). */
function nodeEvent({ json }: SeenEvent): Record<string, unknown> | undefined {
  const inner = json?.data;
  return typeof inner === "object" && inner !== null ? { ...inner } : json;
}

export function isTerminal(event: Record<string, unknown>): boolean {
  const { type, status, resultUrl } = event;
  const isEnd = ["complete", "result", "workflow_complete", "error", "failed"].includes(String(type));
  return isEnd || ["completed", "done", "success"].includes(String(status)) || (resultUrl ?? "") !== "";
}

async function creditsLeft(asker: Asker): Promise<number | undefined> {
  const answer = await asker.ask({ to: "edge", path: "/user/credits" }).catch(() => undefined);
  const read = v.safeParse(grants, answer?.json);
  return read.success ? read.output.reduce((sum, { remain_quota }) => sum + remain_quota, 0) : undefined;
}

/** Watches both channels and the row while the SDK runs one job; its conversation is deleted at the end. */
export async function watchJob(asker: Asker, signal: AbortSignal, options: JobWatchOptions): Promise<SeenJob> {
  const { userId, makeClient, submit, limitMs } = options;
  const seen: SeenJob = {
    post: undefined,
    refusal: undefined,
    events: [],
    channels: [],
    rows: [],
    creditsBefore: await creditsLeft(asker),
    creditsAfter: undefined,
  };
  const startMs = performance.now();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  let nodeId: string | undefined;
  const early: { channel: Channel; atMs: number; event: SeenEvent }[] = [];
  const firstEvent = Promise.withResolvers<void>();
  const lastEvent = Promise.withResolvers<void>();
  const take = (channel: Channel, atMs: number, raw: SeenEvent): void => {
    const event = nodeEvent(raw);
    if (event === undefined || (event.nodeId ?? event.node_id) !== nodeId) return;
    seen.events.push({ channel, atMs, event });
    firstEvent.resolve();
    if (isTerminal(event)) lastEvent.resolve();
  };
  let client: Flowith | undefined;
  let convId: string | undefined;
  try {
    for (const channel of ["stream", "sse"] as const) {
      const onEvent = (event: SeenEvent): void => {
        const atMs = performance.now() - startMs;
        // which node it is about can be known only after the post
        if (nodeId === undefined) early.push({ channel, atMs, event });
        else take(channel, atMs, event);
      };
      seen.channels.push(await watchChannel(asker, { channel, userId, signal: limit, onEvent }));
    }
    client = await makeClient({ maxRetries: 0, middleware: [postWatcher(seen, asker)] });
    const onSubmit = (handle: JobHandle): void => {
      convId = handle.convId;
    };
    const job = await submit(client, onSubmit).catch((error: unknown) => {
      signal.throwIfAborted();
      seen.refusal = error;
      return undefined;
    });
    // an answer that says nothing clear leaves the SDK to wait and see; there is nothing to see here
    if (job === undefined || (seen.post?.status ?? 0) >= 400) return seen;
    nodeId = job.handle.nodeId;
    for (const { channel, atMs, event } of early) take(channel, atMs, event);
    const readRow = async (): Promise<SeenRow> => {
      const row = await rowOf(asker, job.handle.nodeId, performance.now() - startMs);
      seen.rows.push(row);
      return row;
    };
    const atFirst = firstEvent.promise.then(readRow).catch(() => undefined);
    await rowsUntilEnd(readRow, limit, signal);
    await Promise.race([lastEvent.promise, sleep(LAST_EVENTS_MS, undefined, { signal: limit }).catch(() => undefined)]);
    signal.throwIfAborted();
    if (seen.events.length > 0) await atFirst;
    await job.discard().catch(() => undefined);
    seen.creditsAfter = await creditsLeft(asker);
    return seen;
  } finally {
    for (const { stop } of seen.channels) stop();
    await Promise.all(seen.channels.map(({ over }) => over));
    if (convId !== undefined) await client?.conversations.delete(convId, { maxRetries: 1 }).catch(() => undefined);
    client?.close();
  }
}

async function rowsUntilEnd(read: () => Promise<SeenRow>, limit: AbortSignal, signal: AbortSignal): Promise<void> {
  for (let count = 0; !limit.aborted; count += 1) {
    const { status } = await read();
    if (DONE.has(status ?? "")) return;
    await sleep(count < FIRST_ROWS ? FIRST_ROWS_EVERY_MS : ROW_EVERY_MS, undefined, { signal: limit }).catch(
      () => undefined,
    );
  }
  signal.throwIfAborted();
}

async function rowOf(asker: Asker, nodeId: string, atMs: number): Promise<SeenRow> {
  const { json } = await asker.ask({ to: "rows", path: `/rest/v1/flow_node?id=eq.${nodeId}&select=data,type` });
  const read = v.safeParse(rowShape, json);
  const data = read.success ? read.output[0]?.data : undefined;
  // it may arrive as JSON in a text (wire 3.1)
  const row = v.safeParse(dataShape, typeof data === "string" ? JSON.parse(data) : data);
  return {
    atMs,
    status: row.success ? row.output.status : undefined,
    value: row.success ? row.output.value : undefined,
  };
}

function postWatcher(seen: SeenJob, asker: Asker): Middleware {
  return async (request, next) => {
    const response = await next(request);
    const { pathname } = new URL(request.url);
    if (request.method === "POST" && /\/(?:completion|image_gen|video)\/async$/.test(pathname)) {
      const { status, headers } = response;
      const text = await response.clone().text();
      seen.post ??= { label: `POST ${pathname}`, status, text, json: parsed(text) };
      await asker.keep({
        method: "POST",
        url: request.url,
        requestHeaders: request.headers,
        requestBody: undefined,
        status,
        headers,
        body: parsed(text) ?? text,
        isPublic: false,
        isElsewhere: false,
      });
    }
    return response;
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

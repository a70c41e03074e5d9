import type { FetchLike } from "flowith-webapi";
import type { EventWeather, RequestWeather, Route, StreamWeather } from "../weather.ts";
import { readRequest, type ServiceRequest } from "./read-request.ts";
import type { ScriptedService } from "./scripted-service.ts";
import { ServedStream } from "./served-stream.ts";
import type { JobEvent } from "./service-job.ts";

const OVERTAKEN_AT_MOST_MS = 2_000;

/** Weather that befell a request. */
export interface Struck {
  route: Route;
  weather: RequestWeather;
  atMs: number;
}

/** The network between one client and the service, with the weather in it. */
export class Link {
  /** Streams that are open, and requests without an answer. */
  readonly streams: Set<ServedStream> = new Set();
  readonly pending: Set<ServiceRequest> = new Set();
  readonly requests: { route: Route; atMs: number }[] = [];
  /** Weather that struck, for the expectations: which routes, and which jobs' ends got through. */
  readonly struck: Struck[] = [];
  readonly endsDelivered: Set<string> = new Set();
  readonly hasLost: Set<string> = new Set();
  readonly lastSentAtMs: Map<string, number> = new Map();
  readonly #service: ScriptedService;
  readonly #splitBytes: number;
  readonly #events: EventWeather[] = [];
  readonly #requests = new Map<Route, RequestWeather[]>();
  readonly #skipped = new Map<string, number>();
  #held: JobEvent[] = [];

  constructor(service: ScriptedService, splitBytes: number) {
    this.#service = service;
    this.#splitBytes = splitBytes;
    service.onEvent((event) => this.#deliver(event));
  }

  armEvent(weather: EventWeather): void {
    this.#events.push(weather);
  }

  armRequest(route: Route, weather: RequestWeather): void {
    this.#requests.set(route, [...(this.#requests.get(route) ?? []), weather]);
  }

  strike(weather: StreamWeather): void {
    for (const stream of [...this.streams]) {
      if (weather.kind === "cut") stream.cut();
      else if (weather.kind === "end") stream.end();
      else if (weather.kind === "noise") stream.send(encode(`${weather.line}\n\n`), this.#splitBytes);
      else stream.send(encode(`data: {"heartbeat":${Date.now()}}\n\n`), this.#splitBytes);
    }
  }

  readonly fetch: FetchLike = async (input, init) => {
    const request = await readRequest(input, init);
    request.signal?.throwIfAborted();
    this.pending.add(request);
    try {
      return await this.#answer(request);
    } finally {
      this.pending.delete(request);
    }
  };

  async #answer(request: ServiceRequest): Promise<Response> {
    const { route } = request;
    this.requests.push({ route, atMs: Date.now() });
    const weather = this.#requests.get(route)?.shift();
    if (weather === undefined) return this.#serve(request);
    this.struck.push({ route, weather, atMs: Date.now() });
    this.#takeEffect(request, weather);
    switch (weather.kind) {
      case "status":
        return refusal(weather.status, weather.retryAfterSeconds);
      case "html":
        // A page that never ends: who does not want it has to say so.
        if (route === "stream") return this.#stream(request.signal, "text/html");
        return new Response("<html>Bad gateway</html>", { status: 502, headers: { "content-type": "text/html" } });
      case "cut":
        throw new TypeError("fetch failed");
      case "silence":
        return this.#within(request, undefined);
      case "slow":
        return this.#within(request, weather.ms);
    }
  }

  /** What is done although its answer is lost. */
  #takeEffect(request: ServiceRequest, weather: RequestWeather): void {
    if (!("effectAfterMs" in weather) || weather.effectAfterMs === undefined) return;
    if (request.route === "stream" || isRejection(weather)) return;
    this.#service.after(weather.effectAfterMs, () => this.#serve(request));
  }

  /** The answer after a while, or never; an abort ends the wait. */
  #within(request: ServiceRequest, ms: number | undefined): Promise<Response> {
    const { signal } = request;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => reject(signal?.reason);
      signal?.addEventListener("abort", onAbort, { once: true });
      if (ms === undefined) return;
      this.#service.after(ms, () => {
        signal?.removeEventListener("abort", onAbort);
        if (!signal?.aborted) resolve(this.#serve(request));
      });
    });
  }

  #serve({ route, body, query, signal }: ServiceRequest): Response {
    switch (route) {
      case "conversation":
        return Response.json([{ id: crypto.randomUUID() }], { status: 201 });
      case "insert":
        this.#service.insert(body.nodes);
        return new Response(null, { status: 201 });
      case "rows":
        return Response.json(this.#service.rows(query));
      case "post":
        this.#service.take(body.nodeId, body.prompt);
        return Response.json({ status: "processing" });
      case "refresh":
        return Response.json({ access_token: body.nextToken, refresh_token: "next", expires_in: 3_600 });
      case "stream":
        return this.#stream(signal, "text/event-stream");
    }
  }

  #stream(signal: AbortSignal | undefined, contentType: string): Response {
    const stream: ServedStream = new ServedStream(signal, contentType, () => this.streams.delete(stream));
    this.streams.add(stream);
    return stream.response;
  }

  #deliver(event: JobEvent): void {
    const weather = this.streams.size === 0 ? undefined : this.#events.shift();
    const held = this.#held.splice(0);
    switch (weather?.kind) {
      case undefined:
        this.#send(event);
        break;
      case "lose":
        this.#lose(event);
        break;
      case "duplicate":
        this.#send(event);
        this.#send(event);
        break;
      case "overtaken":
        this.#held.push(event);
        this.#service.after(OVERTAKEN_AT_MOST_MS, () => this.#release(event));
        break;
      case "late":
        this.#service.after(weather.ms, () => this.#send(event));
        break;
      case "gap":
        this.#skipped.set(event.nodeId, (this.#skipped.get(event.nodeId) ?? 0) + weather.by);
        this.#send(event);
        break;
      case "torn":
        this.#tear(event, weather);
        break;
    }
    for (const one of held) this.#send(one);
  }

  #release(event: JobEvent): void {
    if (!this.#held.includes(event)) return;
    this.#held = this.#held.filter((one) => one !== event);
    this.#send(event);
  }

  #send(event: JobEvent): void {
    const frame = this.#frame(event);
    this.lastSentAtMs.set(event.nodeId, Date.now());
    const sent = [...this.streams].map((stream) => stream.send(frame, this.#splitBytes));
    if (!sent.includes(true)) this.#lose(event);
    else if (event.isTerminal) this.endsDelivered.add(event.nodeId);
  }

  #lose({ nodeId }: JobEvent): void {
    this.hasLost.add(nodeId);
  }

  #tear(event: JobEvent, { atByte, isClean }: EventWeather & { kind: "torn" }): void {
    const frame = this.#frame(event);
    // The last line break is never sent: whether an event without it counts is the parser's business.
    const part = frame.subarray(0, Math.min(atByte, frame.length - 3));
    for (const stream of [...this.streams]) {
      stream.send(part, this.#splitBytes);
      if (isClean) stream.end();
      else stream.cut();
    }
    this.#lose(event);
  }

  #frame(event: JobEvent): Uint8Array {
    return encode(event.encode(event.seq + (this.#skipped.get(event.nodeId) ?? 0)));
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Answers by which the service says that it did nothing. */
function isRejection(weather: RequestWeather): boolean {
  return weather.kind === "status" && weather.status < 500;
}

function refusal(status: number, retryAfterSeconds: number | undefined): Response {
  const headers = retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  return Response.json({ message: "weather" }, { status, headers });
}

import { APIError } from "../errors/api-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { isRefusal } from "../errors/is-refusal.ts";
import { SessionStoreError } from "../errors/session-store-error.ts";
import { isWithoutStream } from "../http/answer-body.ts";
import { isFetchFailure } from "../http/fetch-failure.ts";
import { LONGEST_RETRY_AFTER_MS, retryAfterMs } from "../http/retry-after.ts";
import type { OpenResponse } from "../http/transport.ts";
import type { Logger } from "../options/logger.ts";
import { type Deferred, deferred } from "../timing/deferred.ts";
import { delay } from "../timing/delay.ts";
import { linkedAbort } from "../timing/linked-abort.ts";
import { now } from "../timing/now.ts";
import { startTimer, type Timer } from "../timing/timer.ts";
import { type NodeEvent, parseNodeEvent } from "../wire/node-event.ts";
import { otherKind } from "../wire/parse.ts";
import { type BackoffOptions, backoffMs } from "./backoff.ts";
import type { ConnectionEvent } from "./connection-event.ts";
import { LivenessTimer } from "./liveness-timer.ts";
import { readEvents } from "./read-events.ts";

export interface NodeListener {
  onEvent(event: NodeEvent): void;
  /**
   * The connection is open. Anew after a break, events may have been missed, so the row should be asked.
   * @param isShownAtOnce false where it is told only with the first event
   */
  onOpen(connection: EventConnection, isAnew: boolean, isShownAtOnce: boolean): void;
  /** It broke, and a while later it does not show whether it is open: events may have been missed. */
  onDoubt(): void;
  /** The server refuses the connection for good; from now on it brings nothing. */
  onUnavailable(connection: EventConnection, error: unknown): void;
}

/** Sees everything that comes, of whatever node and kind. Must not throw. */
export interface EventTap {
  onValue(value: Record<string, unknown>): void;
  /** Nothing more comes: the server refuses the connection for good, or it was closed. */
  onEnd(error: unknown): void;
}

export interface EventConnectionOptions {
  /** For log lines, such as `stream` or `sse`. */
  name: ConnectionEvent["channel"];
  onConnection(event: ConnectionEvent): void;
  /** Holds it for as long as it is open. */
  inUse: Set<EventConnection>;
  open(signal: AbortSignal): Promise<OpenResponse>;
  livenessMs: number | undefined;
  lingerMs: number;
  /** See `Platform`. */
  showsSilentStreams: boolean;
  reconnect: BackoffOptions;
  logger: Logger;
}

interface Run {
  controller: AbortController;
  /** Resolves when the connection opens, or will not be; undefined while it is open. */
  opened: Deferred<void> | undefined;
}

/** A connection that stayed up this long counts as a success when it breaks: the next attempt starts without a wait. */
const STABLE_MS = 5_000;
/** How long a connection that broke may take to be open anew before its listeners are told not to rely on it. */
const DOUBT_MS = 1_000;
const MOST_EVENTS_KEPT = 20;

/**
 * One event stream for any number of jobs, routed by node id. It opens with the first listener, connects anew for as
 * long as there are any, and closes `lingerMs` after the last one has left.
 */
export class EventConnection {
  readonly #options: EventConnectionOptions;
  /** By node, of which nearly all have one. A list is never changed but replaced, since listeners come and go while they are told something. */
  readonly #listeners = new Map<string, NodeListener | NodeListener[]>();
  readonly #taps = new Set<EventTap>();
  readonly #kept = new Map<string, NodeEvent[]>();
  #keepers = 0;
  #run: Run | undefined;
  /** Why it is not made anew. */
  #retired: { error: unknown } | undefined;
  #lingerTimer: Timer | undefined;

  constructor(options: EventConnectionOptions) {
    this.#options = options;
  }

  /** Begins to listen to a node, and to connect where that has not happened yet. */
  subscribe(nodeId: string, listener: NodeListener): void {
    const others = this.#listeners.get(nodeId);
    this.#listeners.set(nodeId, others === undefined ? listener : [others, listener].flat());
    this.#lingerTimer?.stop();
    this.#start();
    for (const event of this.#kept.get(nodeId) ?? []) listener.onEvent(event);
    this.#kept.delete(nodeId);
  }

  /** Does nothing where the listener is none. */
  unsubscribe(nodeId: string, listener: NodeListener): void {
    const listeners = [this.#listeners.get(nodeId) ?? []].flat();
    if (!listeners.includes(listener)) return;
    const others = listeners.filter((other) => other !== listener);
    if (others.length > 0) {
      this.#listeners.set(nodeId, others);
      return;
    }
    this.#listeners.delete(nodeId);
    this.#lingerIfUnused();
  }

  /** Shows everything to a tap, and keeps the connection up for it. @returns what ends it */
  tap(tap: EventTap): () => void {
    this.#taps.add(tap);
    this.#lingerTimer?.stop();
    this.#start();
    return () => {
      if (this.#taps.delete(tap)) this.#lingerIfUnused();
    };
  }

  /**
   * Keeps events of nodes that nobody listens to, for who subscribes to them a little later: the answer to a video's
   * post may name another node than was asked for, and come after its events. @returns what ends it
   */
  keepUnknown(): () => void {
    this.#keepers++;
    return () => {
      if (--this.#keepers === 0) this.#kept.clear();
    };
  }

  /**
   * Resolves when the stream is open, or will not be. Events that the server sends from then on are not missed.
   * @returns undefined where that is so now
   */
  whenOpen(): Promise<void> | undefined {
    return this.#run?.opened?.promise;
  }

  /** Ends the connection at once, and with it the taps. Listeners are not told; their jobs end by themselves. */
  close(): void {
    this.#lingerTimer?.stop();
    this.#stop();
    this.#endTaps(new DOMException("The client was closed.", "AbortError"));
  }

  /**
   * Its user is no longer the one who is signed in: taps end with this error, and jobs go on for as long as it stays open.
   * It is not made anew, which would be in the other one's name.
   */
  retire(error: unknown): void {
    this.#retired = { error };
    this.#endTaps(error);
    this.#lingerIfUnused();
  }

  #endTaps(error: unknown): void {
    const taps = [...this.#taps];
    this.#taps.clear();
    for (const tap of taps) tap.onEnd(error);
  }

  #lingerIfUnused(): void {
    if (this.#listeners.size > 0 || this.#taps.size > 0) return;
    this.#lingerTimer?.stop();
    if (this.#options.lingerMs === 0 || this.#retired !== undefined) this.#stop();
    else this.#lingerTimer = startTimer(this.#options.lingerMs, () => this.#stop());
  }

  #stop(): void {
    const run = this.#run;
    this.#run = undefined;
    this.#options.inUse.delete(this);
    run?.opened?.resolve();
    run?.controller.abort(new DOMException("The event connection was closed.", "AbortError"));
  }

  #start(): void {
    if (this.#run !== undefined) return;
    const run: Run = { controller: new AbortController(), opened: deferred() };
    this.#run = run;
    this.#options.inUse.add(this);
    this.#keepConnected(run).catch((error: unknown) => {
      if (run.controller.signal.aborted) return;
      this.#options.logger.warn(`events: ${this.#options.name} is not available`, { error: String(error) });
      if (this.#run === run) {
        this.#run = undefined;
        this.#options.inUse.delete(this);
      }
      run.opened?.resolve();
      for (const listener of this.#allListeners()) listener.onUnavailable(this, error);
      this.#endTaps(error);
    });
  }

  /** Connects again and again until it is stopped. @throws what makes another attempt pointless */
  async #keepConnected(run: Run): Promise<void> {
    const { signal } = run.controller;
    const { showsSilentStreams } = this.#options;
    let failures = 0;
    for (let connection = 0; ; connection++) {
      if (this.#retired !== undefined) throw this.#retired.error;
      let openedAtMs: number | undefined;
      let waitMs = 0;
      const doubt = connection > 0 ? startTimer(DOUBT_MS, () => this.#doubt()) : undefined;
      try {
        this.#tell("connecting", connection);
        await this.#readOnce(signal, () => {
          doubt?.stop();
          openedAtMs = now();
          this.#tell("open", connection);
          for (const listener of this.#allListeners()) listener.onOpen(this, connection > 0, showsSilentStreams);
          run.opened?.resolve();
          run.opened = undefined;
        });
        this.#tell("closed", connection);
      } catch (error) {
        this.#tell("closed", connection, signal.aborted ? undefined : error);
        if (signal.aborted) return;
        if (isLasting(error) || (openedAtMs === undefined && !isFetchFailure(error))) throw error;
        if (APIError.is(error)) waitMs = Math.min(LONGEST_RETRY_AFTER_MS, retryAfterMs(error.headers) ?? 0);
      } finally {
        doubt?.stop();
      }
      if (signal.aborted) return;
      // Who subscribes from now on waits for the next connection, as for the first.
      if (openedAtMs !== undefined) run.opened = deferred();
      failures = openedAtMs !== undefined && now() - openedAtMs >= STABLE_MS ? 0 : failures;
      await delay(Math.max(waitMs, backoffMs(failures++, this.#options.reconnect)), signal);
    }
  }

  #doubt(): void {
    for (const listener of this.#allListeners()) listener.onDoubt();
  }

  #tell(state: ConnectionEvent["state"], reconnects: number, error?: unknown): void {
    const { name, logger, onConnection } = this.#options;
    const fields = error === undefined ? { reconnects } : { reconnects, error: String(error) };
    logger[error === undefined ? "debug" : "info"](`events: ${name} ${state}`, fields);
    onConnection({ channel: name, state, reconnects, ...(error === undefined ? {} : { error }) });
  }

  async #readOnce(runSignal: AbortSignal, onOpen: () => void): Promise<void> {
    const connection = linkedAbort(runSignal);
    const liveness = new LivenessTimer(this.#options.livenessMs, (quietMs) =>
      connection.abort(new ConnectionError(`The event stream was silent for ${quietMs} ms.`)),
    );
    let opened: OpenResponse | undefined;
    try {
      opened = await this.#options.open(connection.signal);
      requireEventStream(opened.response);
      liveness.start();
      onOpen();
      await readEvents(opened.response, connection.signal, {
        onBytes: () => liveness.touch(),
        onValue: (value) => {
          for (const tap of this.#taps) tap.onValue(value);
          const event = parseNodeEvent(value);
          if (event !== undefined) this.#route(event);
          else if ("heartbeat" in value) liveness.expectHeartbeats();
        },
      });
    } finally {
      liveness.stop();
      connection.release();
      connection.abort(new DOMException("The event connection is over.", "AbortError"));
      // A body that was never read, as after a wrong content type: to workerd the abort alone does not end it.
      if (opened?.response.body?.locked === false) await opened.response.body.cancel().catch(() => undefined);
      opened?.release();
    }
  }

  #route(event: NodeEvent): void {
    const listeners = this.#listeners.get(event.nodeId);
    if (Array.isArray(listeners)) for (const listener of listeners) listener.onEvent(event);
    else if (listeners !== undefined) listeners.onEvent(event);
    else if (this.#keepers > 0) this.#keep(event);
  }

  #keep(event: NodeEvent): void {
    const events = this.#kept.get(event.nodeId) ?? [];
    // Media jobs have few events; what has many is another client's text.
    if (events.length < MOST_EVENTS_KEPT) events.push(event);
    this.#kept.set(event.nodeId, events);
  }

  #allListeners(): NodeListener[] {
    return [...this.#listeners.values()].flat();
  }
}

/** Whether asking again would give the same answer, thousands of times a day. */
function isLasting(error: unknown): boolean {
  const isForbidden = ConnectionError.is(error) && !error.isRetryable;
  const isOfCaller = InvalidArgumentError.is(error) || SessionStoreError.is(error);
  return isRefusal(error) || isWithoutStream(error) || isForbidden || isOfCaller;
}

function requireEventStream(response: Response): void {
  const type = response.headers.get("content-type") ?? "";
  if (type.toLowerCase().startsWith("text/event-stream")) return;
  throw otherKind("The event stream answered with", type || "no content type", "text/event-stream was", undefined);
}

import type { ConnectionEvent } from "../events/connection-event.ts";
import { EventFeed, type EventFeedOptions } from "../events/event-feed.ts";
import type { JobChannels } from "../jobs/job-channels.ts";
import type { Listeners } from "../options/listeners.ts";
import type { CallOptions } from "../options/options.ts";
import { checkAgainst, eventStreamSchema } from "../options/options-check.ts";
import type { PerRequest } from "../timing/per-request.ts";
import type { RawRecord } from "../wire/records.ts";
import { type UserEvent, userEvent } from "../wire/user-event.ts";

/**
 * Of `timeout`: `totalMs` ends the reading, `firstEventMs` and `idleMs` end it when nothing comes; all are off by default.
 */
export type EventStreamOptions = Pick<CallOptions, "signal" | "timeout">;

/** What happens on the client's event connections. */
export class Events {
  readonly #listeners: Listeners<ConnectionEvent>;
  readonly #channels: PerRequest<JobChannels>;

  constructor(listeners: Listeners<ConnectionEvent>, channels: PerRequest<JobChannels>) {
    this.#listeners = listeners;
    this.#channels = channels;
  }

  /**
   * Calls back at every change of an event connection, such as to show that a page is offline. What it throws is logged
   * and harms nobody.
   * @returns what ends it
   * @throws InvalidArgumentError
   * @example
   * const stop = flowith.events.onConnection(({ channel, state }) => show(channel, state));
   * stop();
   */
  onConnection(listener: (event: ConnectionEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  /**
   * Everything that happens to the user's nodes, from whichever client, on the one connection that this client's jobs
   * use too: opened when the iteration begins, connected anew when it breaks (what is sent meanwhile is missed), and let
   * go of when the iteration ends. `<think>` parts are in the events as they came. A consumer that falls 10,000 events
   * behind gets those and then an error, rather than a gap.
   * @throws InvalidArgumentError at once; while iterating `signal.reason`, TimeoutError, an `AbortError` after `close()`,
   * APIError when the connection is refused for good, AuthenticationError when another user signs in, FlowithError with the
   * code `events_overflow`, and what a `fetch` of your own throws that is no failure of the network
   * @example
   * for await (const event of flowith.events.stream({ signal })) console.log(event.type, event.nodeId);
   */
  stream(options: EventStreamOptions = {}): AsyncIterable<UserEvent> {
    return this.#feed("events.stream", options, "stream", userEvent);
  }

  /**
   * Everything that comes on the keepalive channel (`/sse`), heartbeats included, as it was sent. Otherwise like `stream`.
   * @example
   * for await (const { heartbeat } of flowith.events.heartbeats({ timeout: { idleMs: 15_000 } })) console.log(heartbeat);
   */
  heartbeats(options: EventStreamOptions = {}): AsyncIterable<RawRecord> {
    return this.#feed("events.heartbeats", options, "sse", (value) => value);
  }

  #feed<T>(
    label: string,
    options: EventStreamOptions,
    channel: ConnectionEvent["channel"],
    read: EventFeedOptions<T>["read"],
  ): AsyncIterable<T> {
    checkAgainst(label, eventStreamSchema, options);
    const { signal, timeout } = options;
    const listen: EventFeedOptions<T>["listen"] = (tap) => {
      const channels = this.#channels.take();
      const stop = channels.value[channel].tap(tap);
      return () => {
        stop();
        channels.release();
      };
    };
    return { [Symbol.asyncIterator]: () => new EventFeed({ label, listen, read, signal, timeout }) };
  }
}

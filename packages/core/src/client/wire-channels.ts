import type { ConnectionEvent } from "../events/connection-event.ts";
import { EventConnection } from "../events/event-connection.ts";
import { SILENT_MS } from "../events/liveness-timer.ts";
import { RowWatch } from "../events/row-watch.ts";
import type { EdgeClient } from "../http/edge-client.ts";
import type { JobChannels } from "../jobs/job-channels.ts";
import { LatePosts } from "../jobs/late-posts.ts";
import { WaitingTicker } from "../jobs/waiting-ticker.ts";
import type { Logger } from "../options/logger.ts";
import type { Canvas } from "../rows/canvas.ts";
import { anotherSignedIn } from "../session/session-errors.ts";
import type { SessionManager } from "../session/session-manager.ts";
import { PerRequest } from "../timing/per-request.ts";
import { SharedTimer } from "../timing/shared-timer.ts";
import { CLIENT_DEFAULTS } from "./client-defaults.ts";
import type { FlowithClientOptions } from "./client-options.ts";
import type { Platform } from "./platform.ts";

export interface ChannelParts {
  edge: EdgeClient;
  session: SessionManager;
  canvas: Canvas;
  /** Holds the connections that are open. */
  inUse: Set<EventConnection>;
  onConnection(event: ConnectionEvent): void;
  logger: Logger;
}

/** What a client's jobs are followed with: both event connections, and the watch over rows that they leave in doubt. */
export function wireChannels(
  { events = {}, timeout }: FlowithClientOptions,
  { defaults, showsSilentStreams, sharesPromises }: Platform,
  { edge, session, canvas, inUse, onConnection, logger }: ChannelParts,
): PerRequest<JobChannels> {
  // What serves several jobs has the client's own limit, headers and repeats, whatever one of them was called with.
  const limits = { connectMs: timeout?.connectMs, firstEventMs: events.livenessMs ?? SILENT_MS };
  const lingerMs = events.lingerMs ?? defaults.events?.lingerMs ?? CLIENT_DEFAULTS.events.lingerMs;
  const connection = (name: ConnectionEvent["channel"]): EventConnection =>
    new EventConnection({
      name,
      onConnection,
      inUse,
      async open(signal) {
        const query = { user_id: await session.userId(signal) };
        return edge.events(`/user_stream/${name}`, query, signal, limits);
      },
      livenessMs: events.livenessMs,
      lingerMs,
      showsSilentStreams,
      reconnect: {
        minDelayMs: events.minDelayMs ?? CLIENT_DEFAULTS.events.minDelayMs,
        maxDelayMs: events.maxDelayMs ?? CLIENT_DEFAULTS.events.maxDelayMs,
      },
      logger,
    });
  return new PerRequest<JobChannels>(sharesPromises, () => {
    const timer = new SharedTimer();
    const [stream, sse] = [connection("stream"), connection("sse")];
    const rows = new RowWatch({
      // Two at a time by itself, and what every waiting job depends on.
      fetchRows: (ids, parentIds, signal) =>
        canvas.nodesByIds(ids, parentIds, { signal, timeout: { connectMs: limits.connectMs } }, { isUncounted: true }),
      logger,
    });
    return {
      stream,
      sse,
      forText: [stream],
      forMedia: [stream, sse],
      rows,
      ticker: new WaitingTicker(),
      timer,
      latePosts: new LatePosts(timer, lingerMs),
    };
  });
}

/** Another user has signed in: jobs from now on are followed in that name, those under way as they were. */
export function renewChannels(channels: PerRequest<JobChannels>): void {
  for (const connection of channels.renew()?.forMedia ?? []) connection.retire(anotherSignedIn());
}

import type { EventConnection } from "../events/event-connection.ts";
import type { RowWatch } from "../events/row-watch.ts";
import type { SharedTimer } from "../timing/shared-timer.ts";
import type { LatePosts } from "./late-posts.ts";
import type { WaitingTicker } from "./waiting-ticker.ts";

/** What jobs are followed with, together. */
export interface JobChannels {
  /** Data of all jobs. */
  stream: EventConnection;
  /** The keepalive channel, which can bring media results too. */
  sse: EventConnection;
  /** The streams that can bring events of a text job, and of a media job. */
  forText: readonly EventConnection[];
  forMedia: readonly EventConnection[];
  rows: RowWatch;
  ticker: WaitingTicker;
  /** Of the limits of all jobs. */
  timer: SharedTimer;
  latePosts: LatePosts;
}

import type { EventConnection } from "../events/event-connection.ts";
import type { RowWatch } from "../events/row-watch.ts";
import type { WaitingTicker } from "./waiting-ticker.ts";

/** What jobs are followed with: one for all jobs, or one for each where promises and timers cannot be shared (Workers). */
export interface Listening {
  /** The streams that can bring events of a text job. */
  text: readonly EventConnection[];
  /** Of a media job: the keepalive channel can bring its result too. */
  media: readonly EventConnection[];
  rows: RowWatch;
  ticker: WaitingTicker;
}

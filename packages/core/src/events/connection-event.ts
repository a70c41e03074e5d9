/** A change of one of the two event connections. */
export interface ConnectionEvent {
  /** `stream` carries the data of all jobs; `sse` is open besides while a media job waits or `events.heartbeats()` is read. */
  channel: "stream" | "sse";
  state: "connecting" | "open" | "closed";
  /** How many connections there were before this one. */
  reconnects: number;
  /** Why it was closed: an error, or undefined where the client itself or a clean end of the server's closed it. */
  error?: unknown;
}

import type { RequestEntry } from "./request-entry.ts";

/** What counts requests; `prometheusMetrics` of `@flowith-webapi/gateway/node` makes one. */
export interface GatewayMetrics {
  /** The `content-type` of `text`. */
  readonly contentType: string;
  /** A request has ended. */
  ended(entry: RequestEntry): void;
  /** All that was counted. @param underWay how many requests are under way now */
  text(underWay: number): Promise<string>;
}

import { PerRequest } from "../timing/per-request.ts";
import { RequestsInFlight } from "./requests-in-flight.ts";

/**
 * How many plain requests may be under way at once, over all clients that share it by `shareRequests`. The others wait their
 * turn, in the order in which they came. In Workers it counts within one request.
 * @example
 * const budget = new RequestBudget(64);
 * for (const client of clients) client.shareRequests(budget);
 */
export class RequestBudget {
  readonly #most: number;
  #places: PerRequest<RequestsInFlight> | undefined;

  /** @param most at once */
  constructor(most: number) {
    this.#most = most;
  }

  /** @internal @param isShared whether requests that are served side by side may share more than values */
  places(isShared: boolean): PerRequest<RequestsInFlight> {
    this.#places ??= new PerRequest(isShared, () => new RequestsInFlight(this.#most));
    return this.#places;
  }
}

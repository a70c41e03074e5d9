import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { PerRequest } from "../timing/per-request.ts";
import { RequestsInFlight } from "./requests-in-flight.ts";

/** The places of a budget. @param isShared whether requests that are served side by side may share more than values */
export let placesOf: (budget: RequestBudget, isShared: boolean) => PerRequest<RequestsInFlight>;

/**
 * How many plain requests may be under way at once, over all clients that share it by `shareRequests`. The others wait their
 * turn, in the order in which they came. In Workers it counts within one request.
 * @example
 * const budget = new RequestBudget(64);
 * for (const client of [flowith, new Flowith()]) client.shareRequests(budget);
 */
export class RequestBudget {
  static {
    // A method would be everybody's.
    placesOf = (budget, isShared) => {
      budget.#places ??= new PerRequest(isShared, () => new RequestsInFlight(budget.#most));
      return budget.#places;
    };
  }

  readonly #most: number;
  #places: PerRequest<RequestsInFlight> | undefined;

  /** @param most a whole number above 0. @throws InvalidArgumentError for any other */
  constructor(most: number) {
    if (!Number.isInteger(most) || most < 1)
      throw new InvalidArgumentError("RequestBudget: expected a whole number above 0.");
    this.#most = most;
  }
}

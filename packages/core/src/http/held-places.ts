import type { Deadline } from "../timing/deadline.ts";
import type { Lease, PerRequest } from "../timing/per-request.ts";
import type { Release, RequestsInFlight } from "./requests-in-flight.ts";

/**
 * The places of one exchange. There may be several: a middleware can pass a request on twice at once, or when the exchange
 * is over already, and no place may be lost by it.
 */
export class HeldPlaces {
  #lease: Lease<RequestsInFlight> | undefined;
  readonly #held: Release[] = [];
  #isOver = false;

  /** @param places undefined for a request that takes none */
  constructor(places: PerRequest<RequestsInFlight> | undefined) {
    this.#lease = places?.take();
  }

  /** Whether the exchange has ended. What a middleware still sends then is its own business, and is not counted. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /**
   * Waits for a place.
   * @param pause stops the clocks of a request that is not sent yet, and returns what lets them go on
   * @throws the limit's reason
   */
  async take(limit: Deadline, pause: () => () => void): Promise<void> {
    if (this.#lease === undefined || this.#isOver) return;
    const free = this.#lease.value.takeFree();
    if (free !== undefined) {
      this.#held.push(free);
      return;
    }
    const goOn = pause();
    const release = await this.#lease.value.take(limit.signal);
    if (this.#isOver) {
      release();
      return;
    }
    this.#held.push(release);
    goOn();
  }

  giveBack(): void {
    for (const release of this.#held.splice(0)) release();
  }

  /** Does nothing the second time. */
  end(): void {
    this.#isOver = true;
    this.giveBack();
    this.#lease?.release();
    this.#lease = undefined;
  }
}

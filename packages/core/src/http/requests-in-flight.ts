import { abortReason, throwIfAborted } from "../timing/abort.ts";
/** Gives a place back; does nothing the second time. */
export type Release = () => void;

/**
 * Lets only so many requests be under way at once; the others queue up in the order in which they came. A limit of 16 to
 * 64 costs no time, and keeps what waits for a connection from running into the limits of its own request.
 */
export class RequestsInFlight {
  readonly #most: number;
  #underWay = 0;
  readonly #queue = new Set<() => void>();

  constructor(most: number) {
    this.#most = most;
  }

  /** A place, as soon as there is one. @throws `signal.reason`: an aborted wait leaves the queue */
  async take(signal?: AbortSignal): Promise<Release> {
    throwIfAborted(signal);
    const free = this.takeFree();
    if (free !== undefined) return free;
    await this.#turn(signal);
    return this.#release();
  }

  /** A place, where one is free. */
  takeFree(): Release | undefined {
    if (this.#underWay >= this.#most) return undefined;
    this.#underWay++;
    return this.#release();
  }

  #release(): Release {
    let isHeld = true;
    return () => {
      if (isHeld) this.#giveBack();
      isHeld = false;
    };
  }

  /** Whoever is next takes the place over, so that nobody who comes meanwhile gets in before. */
  #giveBack(): void {
    const [next] = this.#queue;
    if (next === undefined) {
      this.#underWay--;
      return;
    }
    this.#queue.delete(next);
    next();
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        this.#queue.delete(enter);
        reject(abortReason(signal));
      };
      this.#queue.add(enter);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }
}

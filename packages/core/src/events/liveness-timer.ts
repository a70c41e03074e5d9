import { LazyTimer } from "../timing/lazy-timer.ts";

/** How long one may be silent that sends heartbeats. */
export const WITH_HEARTBEATS_MS: number = 15_000;
/** How long a connection may be silent of which no heartbeat is known. */
export const SILENT_MS: number = 60_000;

/**
 * Notices that a connection has died without a word. How often `/stream` sends heartbeats is not known (wire 3), so it
 * judges strictly only once one has come.
 */
export class LivenessTimer {
  readonly #limitMs: number | undefined;
  readonly #timer: LazyTimer;
  #hasHeartbeats = false;

  /** @param onDead called with how long it has been silent */
  constructor(limitMs: number | undefined, onDead: (quietMs: number) => void) {
    this.#limitMs = limitMs;
    this.#timer = new LazyTimer(() => onDead(this.#limit()));
  }

  start(): void {
    this.touch();
  }

  /** A sign of life. */
  touch(): void {
    if (this.#limit() > 0) this.#timer.set(this.#limit());
  }

  /** A heartbeat came. */
  expectHeartbeats(): void {
    this.#hasHeartbeats = true;
    this.touch();
  }

  stop(): void {
    this.#timer.stop();
  }

  #limit(): number {
    return this.#limitMs ?? (this.#hasHeartbeats ? WITH_HEARTBEATS_MS : SILENT_MS);
  }
}

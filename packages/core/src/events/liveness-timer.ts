import { startTimer, type Timer } from "../timing/timer.ts";

const WITH_HEARTBEATS_MS = 15_000;
const WITHOUT_MS = 60_000;

/**
 * Notices that a connection has died without a word. How often `/stream` sends heartbeats is not known (wire 3), so it
 * judges strictly only once one has come. One lazy timer, however many bytes there are.
 */
export class LivenessTimer {
  readonly #limitMs: number | undefined;
  readonly #onDead: (quietMs: number) => void;
  #hasHeartbeats = false;
  #lastByteAtMs = 0;
  #timer: Timer | undefined;

  constructor(limitMs: number | undefined, onDead: (quietMs: number) => void) {
    this.#limitMs = limitMs;
    this.#onDead = onDead;
  }

  start(): void {
    this.#lastByteAtMs = Date.now();
    this.#arm(this.#limit());
  }

  touch(): void {
    this.#lastByteAtMs = Date.now();
  }

  expectHeartbeats(): void {
    if (this.#hasHeartbeats) return;
    this.#hasHeartbeats = true;
    this.#arm(this.#limit());
  }

  stop(): void {
    this.#timer?.stop();
  }

  #limit(): number {
    return this.#limitMs ?? (this.#hasHeartbeats ? WITH_HEARTBEATS_MS : WITHOUT_MS);
  }

  #arm(inMs: number): void {
    this.#timer?.stop();
    if (this.#limit() === 0) return;
    this.#timer = startTimer(inMs, () => {
      const quietMs = Date.now() - this.#lastByteAtMs;
      if (quietMs >= this.#limit()) this.#onDead(quietMs);
      else this.#arm(this.#limit() - quietMs);
    });
  }
}

import { now } from "../timing/now.ts";

/** How long ago a job's prompt was put on the canvas, by the service's clock. It is asked for once, and not before it is needed. */
export class PromptAge {
  readonly #ask: () => Promise<number | undefined>;
  readonly #onKnown: (ageMs: number) => void;
  #isAsked = false;
  /** By the clock of this process, which only goes forwards. */
  #madeAtMs: number | undefined;

  /** @param onKnown called once the age is known, after somebody has wanted it */
  constructor(ask: () => Promise<number | undefined>, onKnown: (ageMs: number) => void) {
    this.#ask = ask;
    this.#onKnown = onKnown;
  }

  /** Undefined as long as it is not known. */
  get ms(): number | undefined {
    if (!this.#isAsked) {
      this.#isAsked = true;
      void this.#find();
    }
    return this.#madeAtMs === undefined ? undefined : now() - this.#madeAtMs;
  }

  async #find(): Promise<void> {
    // What fails here has failed for the job's row as well, or will: that is told there. The next look asks anew.
    const ageMs = await this.#ask().catch(() => {
      this.#isAsked = false;
    });
    if (typeof ageMs !== "number") return;
    this.#madeAtMs = now() - ageMs;
    this.#onKnown(ageMs);
  }
}

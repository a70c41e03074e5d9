import { throwIfAborted } from "../timing/abort.ts";
import { withSignal } from "../timing/with-signal.ts";

/** Lets one in at a time, in the order of the calls. */
export class TurnQueue {
  #last: Promise<void> = Promise.resolve();

  /**
   * Resolves when all before have left, with what lets the next one in. A caller whose signal aborts meanwhile has left.
   * @throws the signal's reason
   */
  async enter(signal: AbortSignal | undefined): Promise<() => void> {
    const before = this.#last;
    let leave: () => void = () => undefined;
    const left = new Promise<void>((resolve) => {
      leave = resolve;
    });
    this.#last = before.then(() => left);
    try {
      await withSignal(before, signal);
      throwIfAborted(signal);
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }
}

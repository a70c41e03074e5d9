import type { Shell } from "../../shell.ts";
import type { HeldInput } from "./input/held-input.ts";

/** Why something in a chat ended: by Ctrl-C, which does not end the chat. */
export class Stopped extends Error {
  override name = "Stopped";

  constructor() {
    super("Stopped.");
  }
}

/** Does something that Ctrl-C stops by its signal. @throws Stopped; the reason of the shell's signal */
export async function interruptible<T>(
  shell: Shell,
  input: HeldInput,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new Stopped());
  const before = input.onInterrupt;
  input.onInterrupt = stop;
  try {
    return await work(AbortSignal.any([shell.signal, controller.signal]));
  } finally {
    input.onInterrupt = before;
  }
}

import type { FlowithClient } from "flowith-webapi";

/** Resolves when the event connection comes into this state. */
export function connectionReached(flowith: FlowithClient, state: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = flowith.events.onConnection((event) => {
      if (event.state !== state) return;
      stop();
      resolve();
    });
  });
}

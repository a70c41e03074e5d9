import { now } from "./now.ts";

const MOST_STEPS = 1_000;
const MOST_MS = 10;

/**
 * Something to await at each step of a loop whose other awaits may all be answered at once: now and then it lets timers
 * and aborts have their turn, which microtasks alone keep out for good.
 */
export function breathing(): () => Promise<void> {
  let steps = 0;
  let turnAtMs = now();
  return async () => {
    if (++steps < MOST_STEPS && now() - turnAtMs < MOST_MS) return;
    await eventLoopTurn();
    steps = 0;
    turnAtMs = now();
  };
}

/** By a message: pages make `setTimeout` wait, and tests may hold it. In workerd a message comes without such a turn. */
function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof MessageChannel === "undefined" || globalThis.navigator?.userAgent === "Cloudflare-Workers") {
      setTimeout(resolve, 0);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

import { getEventListeners } from "node:events";

/** A signal of a caller's, with a count of who listens to it that works in every runtime. */
export function countedAbort(): { controller: AbortController; listeners(): number } {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Map<unknown, boolean>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.defineProperties(signal, {
    addEventListener: {
      value: (...[type, listener, options]: Parameters<typeof add>) => {
        listeners.set(listener, typeof options === "object" && options.once === true);
        add(type, listener, options);
      },
    },
    removeEventListener: {
      value: (...[type, listener, options]: Parameters<typeof remove>) => {
        listeners.delete(listener);
        remove(type, listener, options);
      },
    },
  });
  const isDeno = "Deno" in globalThis;
  return {
    controller,
    listeners: () => {
      // An abort takes along those that are to be told once.
      const counted = [...listeners.values()].filter((isOnce) => !(isOnce && signal.aborted)).length;
      // Node itself also knows those that it added past the signal's methods, as `fetch` does.
      return isDeno ? counted : Math.max(counted, getEventListeners(signal, "abort").length);
    },
  };
}

/** Counts the timers that are made from now on and still run, but for those that the runtime makes for itself. */
export function countTimers(): () => number {
  const running = new Set<unknown>();
  const { setTimeout: start, setInterval: startInterval, clearTimeout: stop, clearInterval: stopInterval } = globalThis;
  const isOwn = (): boolean => !/node:internal|ext:/.test(new Error().stack?.split("\n")[3] ?? "");
  const counting =
    (begin: (run: () => void, ms?: number) => unknown, isOnce: boolean) =>
    (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): unknown => {
      const isCounted = isOwn();
      const timer = begin(() => {
        if (isOnce) running.delete(timer);
        run(...args);
      }, ms);
      if (isCounted) running.add(timer);
      return timer;
    };
  const ending =
    <Id>(end: (timer?: Id) => void) =>
    (timer?: Id): void => {
      running.delete(timer);
      end(timer);
    };
  Object.assign(globalThis, {
    setTimeout: counting(start, true),
    setInterval: counting(startInterval, false),
    clearTimeout: ending(stop),
    clearInterval: ending(stopInterval),
  });
  return () => running.size;
}

import { LazyTimer } from "../timing/lazy-timer.ts";

export interface IdleWatch {
  /** From here on something is waited for. */
  begin(): void;
  /** It came. */
  end(): void;
  stop(): void;
}

/** Notices a wait that lasts `limitMs`; 0 is off. */
export function idleWatch(limitMs: number, onIdle: () => void): IdleWatch {
  const timer = new LazyTimer(onIdle);
  return {
    begin() {
      if (limitMs !== 0) timer.set(limitMs);
    },
    end: () => timer.unset(),
    stop: () => timer.stop(),
  };
}

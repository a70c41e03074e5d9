import { startTimer, type Timer } from "../timing/timer.ts";

export interface IdleWatch {
  /** From here on something is waited for. */
  begin(): void;
  /** It came. */
  end(): void;
  stop(): void;
}

/**
 * Notices a wait that lasts `limitMs`; 0 is off. To begin and end one costs a look at the clock: the timer goes on from
 * wait to wait and looks only when it fires.
 */
export function idleWatch(limitMs: number, onIdle: () => void): IdleWatch {
  let beganAtMs: number | undefined;
  let timer: Timer | undefined;
  const look = (): void => {
    timer = undefined;
    if (beganAtMs === undefined) return;
    const leftMs = beganAtMs + limitMs - Date.now();
    if (leftMs > 0) timer = startTimer(Math.min(leftMs, limitMs), look);
    else onIdle();
  };
  return {
    begin() {
      if (limitMs === 0) return;
      beganAtMs = Date.now();
      timer ??= startTimer(limitMs, look);
    },
    end() {
      beganAtMs = undefined;
    },
    stop() {
      beganAtMs = undefined;
      timer?.stop();
      timer = undefined;
    },
  };
}

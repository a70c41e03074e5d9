import type { TimeoutOptions } from "./options.ts";

/** Time limits in ms; 0 is off. */
export interface Limits {
  connectMs: number;
  firstEventMs: number;
  idleMs: number;
  totalMs: number;
}

/** The default limits of requests in ms; 0 is off. Those of jobs stand with their kinds. */
const LIMITS = {
  request: { connectMs: 10_000, firstEventMs: 0, idleMs: 0, totalMs: 30_000 },
  // The headers of an answer come when all has been sent, so that connecting cannot be told from sending.
  upload: { connectMs: 0, firstEventMs: 0, idleMs: 0, totalMs: 120_000 },
  download: { connectMs: 10_000, firstEventMs: 0, idleMs: 30_000, totalMs: 0 },
} satisfies Record<string, Limits>;

/** The limits of a request. */
export function limitsOf(request: "request" | "upload" | "download", timeout?: TimeoutOptions | undefined): Limits {
  return limitsFrom(LIMITS[request], timeout);
}

/** The defaults under what the caller says; a later argument goes over an earlier one. */
export function limitsFrom(defaults: Limits, ...timeouts: (TimeoutOptions | undefined)[]): Limits {
  const limits = { ...defaults };
  for (const timeout of timeouts) {
    limits.connectMs = timeout?.connectMs ?? limits.connectMs;
    limits.firstEventMs = timeout?.firstEventMs ?? limits.firstEventMs;
    limits.idleMs = timeout?.idleMs ?? limits.idleMs;
    limits.totalMs = timeout?.totalMs ?? limits.totalMs;
  }
  return limits;
}

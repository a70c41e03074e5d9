import type { TimeoutOptions } from "./options.ts";

export interface Limits {
  connectMs: number;
  firstEventMs: number;
  idleMs: number;
  totalMs: number;
}

/** The default limits in ms; 0 is off. */
export const LIMITS: {
  readonly request: Limits;
  readonly upload: Limits;
  readonly download: Limits;
  readonly text: Limits;
  readonly image: Limits;
  readonly video: Limits;
} = {
  request: { connectMs: 10_000, firstEventMs: 0, idleMs: 0, totalMs: 30_000 },
  // The headers of an answer come when all has been sent, so that connecting cannot be told from sending.
  upload: { connectMs: 0, firstEventMs: 0, idleMs: 0, totalMs: 120_000 },
  download: { connectMs: 10_000, firstEventMs: 0, idleMs: 30_000, totalMs: 0 },
  text: { connectMs: 10_000, firstEventMs: 60_000, idleMs: 120_000, totalMs: 600_000 },
  image: { connectMs: 10_000, firstEventMs: 0, idleMs: 0, totalMs: 300_000 },
  video: { connectMs: 10_000, firstEventMs: 0, idleMs: 0, totalMs: 900_000 },
};

/** The defaults under what the caller says; a later argument goes over an earlier one. */
export function limitsOf(of: keyof typeof LIMITS, ...timeouts: (TimeoutOptions | undefined)[]): Limits {
  const limits = { ...LIMITS[of] };
  for (const timeout of timeouts) {
    limits.connectMs = timeout?.connectMs ?? limits.connectMs;
    limits.firstEventMs = timeout?.firstEventMs ?? limits.firstEventMs;
    limits.idleMs = timeout?.idleMs ?? limits.idleMs;
    limits.totalMs = timeout?.totalMs ?? limits.totalMs;
  }
  return limits;
}

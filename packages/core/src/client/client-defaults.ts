import { DEFAULT_ADDRESSES } from "../options/default-addresses.ts";

/** What the options of a client are where they are left out. Those of jobs stand with their kinds. */
export const CLIENT_DEFAULTS: typeof DEFAULT_ADDRESSES & {
  readonly maxRetries: number;
  readonly maxRequests: number;
  readonly events: { readonly lingerMs: number; readonly minDelayMs: number; readonly maxDelayMs: number };
} = {
  ...DEFAULT_ADDRESSES,
  maxRetries: 2,
  maxRequests: 32,
  events: { lingerMs: 1_000, minDelayMs: 250, maxDelayMs: 10_000 },
};

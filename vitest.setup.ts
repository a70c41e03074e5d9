import { afterAll, vi } from "vitest";

// Files of one worker share a process: what one of them has replaced must not be what the next one finds.
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

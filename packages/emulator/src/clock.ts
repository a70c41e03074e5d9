/** The emulator's idea of now, in ms since 1970. Everything that expires asks it, so that a test can move it. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

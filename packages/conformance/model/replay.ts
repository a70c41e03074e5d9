interface Replay {
  seed?: number;
  path?: string;
  endOnFailure?: boolean;
}

/**
 * Which runs fast-check makes: without a text the same ones each time, so that a red CI is about the commit that it
 * tried; by `random` others; by `seed` or `seed:path`, as a failure prints them, those.
 */
export function replay(text = "20261128"): Replay {
  if (text === "random") return {};
  const [seed, ...path] = text.split(":");
  return { seed: Number(seed), ...(path.length > 0 ? { path: path.join(":"), endOnFailure: true } : {}) };
}

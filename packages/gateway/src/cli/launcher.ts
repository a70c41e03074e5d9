const LOOK_EACH_MS = 500;

type Environment = Record<string, string | undefined>;

/** What people type to start this: `flowith serve` tells it by the environment. */
export function commandName(env: Environment = process.env): string {
  return env.FLOWITH_GATEWAY_COMMAND?.trim() || "flowith-gateway";
}

/**
 * The process without which this one is to end. npx starts programs by a shell, which a signal to npx ends, and which hands it
 * on to nobody. `flowith serve` stands between the two, and tells whom it was started by.
 */
export function launcherOf(env: Environment = process.env): number | undefined {
  const told = Number(env.FLOWITH_GATEWAY_LAUNCHER);
  if (Number.isSafeInteger(told) && told > 0) return told;
  return env.npm_command === "exec" ? process.ppid : undefined;
}

/** Calls back, once, when a process is there no more. */
export function whenGone(pid: number, callback: () => void): void {
  const timer = setInterval(() => {
    if (isThere(pid)) return;
    clearInterval(timer);
    callback();
  }, LOOK_EACH_MS);
  timer.unref();
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One of somebody else's is there all the same.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

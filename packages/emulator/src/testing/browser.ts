import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";

/** A browser that pages can be opened in. */
export interface Browser {
  name: "Chromium" | "Firefox" | "WebKit";
  /** What Debian calls it and what it needs. */
  packages: readonly string[];
  /** The environment variable that says where it is. */
  variable: string;
  /** Where it is, if it is here. */
  find(): string | undefined;
  /** Opens a page, which may open others. The folder is empty, and this browser's alone. */
  open(place: string, profileFolder: string, url: string): Promise<OpenBrowser>;
}

export interface OpenBrowser {
  /** Says why, when it has ended without being closed. */
  ended: Promise<string>;
  close(): Promise<void>;
}

/** The first place that exists, after the one that an environment variable names. */
export function firstPlace(variable: string, places: readonly string[]): string | undefined {
  return [process.env[variable] ?? "", ...places].find((place) => place !== "" && existsSync(place));
}

/** What to do where a browser is missing. */
export function howToGet({ name, packages, variable }: Browser): string {
  return `There is no ${name} here. Install it (apt install ${packages.join(" ")}), or set ${variable}.`;
}

/** Where the browser is; throws, saying what to do, where it is not. */
export function placeOf(browser: Browser): string {
  const place = browser.find();
  if (place === undefined) throw new Error(howToGet(browser));
  return place;
}

/** Starts a browser's process. */
export function startBrowser(command: string, args: readonly string[], env: Record<string, string> = {}): OpenBrowser {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...env } });
  let said = "";
  child.stderr.on("data", (piece) => {
    said = `${said}${piece}`.slice(-2_000);
  });
  const exit = once(child, "exit").catch((error: unknown) => [String(error)]);
  return {
    ended: exit.then(([code]) => `${command} ended (${code}): ${said}`),
    async close() {
      child.kill();
      // Firefox may wait for its own workers, which nobody needs any more.
      const impatience = setTimeout(() => child.kill("SIGKILL"), 3_000);
      await exit;
      clearTimeout(impatience);
    },
  };
}

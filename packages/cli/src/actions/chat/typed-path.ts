import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Shell } from "../../shell.ts";

/** A path as somebody types it where no shell reads it: with `~`, quotes, or backslashes before blanks. */
export function typedPath({ cwd, env }: Pick<Shell, "cwd" | "env">, typed: string): string {
  const path = unquoted(typed.trim());
  if (/^(https?|data|file):/i.test(path)) return path;
  if (path === "~" || path.startsWith("~/")) return join(env.HOME ?? homedir(), path.slice(1));
  return resolve(cwd, path);
}

function unquoted(typed: string): string {
  const [, , quoted] = /^(["'])(.*)\1$/s.exec(typed) ?? [];
  return quoted ?? typed.replace(/\\([ ()'"&])/g, "$1");
}

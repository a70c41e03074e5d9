import { fileSessionStore, type Session, SessionStoreError } from "flowith-webapi";
import { CliError } from "../cli-error.ts";
import { diskWords } from "../disk/disk-words.ts";
import type { SessionSource } from "./settings.ts";

/** What stands in a session's file; `broken` is no session, whatever it is. */
export type StoredSession =
  | { kind: "none" }
  | { kind: "broken"; message: string }
  | { kind: "session"; session: Session };

/** Without a request. @throws CliError where the disk does not let it be read */
export async function readSessionFile(file: string): Promise<StoredSession> {
  try {
    const session = await fileSessionStore(file).load();
    return session === null ? { kind: "none" } : { kind: "session", session };
  } catch (error) {
    if (!SessionStoreError.is(error)) {
      const message = `Cannot read the session in ${file}: ${diskWords(error)}.`;
      throw new CliError(message, { code: "session_store", cause: error });
    }
    return { kind: "broken", message: error.message };
  }
}

/** Whether it can still be used, as far as this machine knows. */
export function isLive({ refreshToken, expiresAtMs, clockSkewMs = 0 }: Session): boolean {
  return refreshToken !== undefined || expiresAtMs + clockSkewMs > Date.now();
}

/** ISO 8601; null where it never ends by itself. */
export function expiryOf({ expiresAtMs }: Session): string | null {
  const date = new Date(expiresAtMs);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** What a person knows a session by. */
export function sourceName(source: SessionSource): string {
  if (source.kind === "profile") return `profile ${source.profile}`;
  return source.kind === "file" ? `FLOWITH_SESSION_FILE (${source.file})` : "FLOWITH_TOKEN";
}

/** The command that signs in anew. */
export function loginCommand(source: SessionSource): string {
  const isOther = source.kind === "profile" && source.profile !== "default";
  return isOther ? `flowith login --profile ${source.profile}` : "flowith login";
}

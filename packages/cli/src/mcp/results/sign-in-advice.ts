import { loginCommand } from "../../context/session-file.ts";
import type { SessionSource } from "../../context/settings.ts";

/** What a model can tell the user where nobody is signed in, or the session is over. */
export function signInAdvice(source: SessionSource): string {
  const command = loginCommand(source);
  if (source.kind === "token")
    return `Tell the user to take FLOWITH_TOKEN and FLOWITH_REFRESH_TOKEN out of this server's environment (or to put fresh ones in), to run \`${command}\` in a terminal, and to restart the server. Do not repeat the call before.`;
  return `Tell the user to run \`${command}\` in a terminal; the server takes up the new session by itself. Do not repeat the call before.`;
}

import { DEFAULT_ADDRESSES, type Flowith, InvalidArgumentError } from "flowith-webapi";
import { usageError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { isPiped, readPiped } from "../input/read-piped.ts";
import { pastedSession } from "./pasted-session.ts";
import { readHidden } from "./read-hidden.ts";

/**
 * By a session that was got elsewhere.
 * @returns whether it was renewed here, so that what was pasted is spent
 */
export async function signInByPaste(context: Context, client: Flowith): Promise<{ isSpent: boolean }> {
  const pasted = await readPasted(context);
  const given = pastedSession(pasted);
  try {
    const { accessToken } = await client.auth.setSession(given, { signal: context.signal });
    return { isSpent: !pasted.replaceAll(/\s/g, "").includes(accessToken) };
  } catch (error) {
    if (!InvalidArgumentError.is(error)) throw error;
    throw usageError(
      "What was pasted has the form of a session, and things in it that a session has not.",
      "Copy the session anew, as the web app keeps it.",
    );
  }
}

async function readPasted(context: Context): Promise<string> {
  const { shell, output } = context;
  if (isPiped(shell)) return readPiped(shell, () => output.note("Waiting for the session to be piped in."));
  const { supabaseUrl = DEFAULT_ADDRESSES.supabaseUrl } = (await context.settings()).given;
  const key = `sb-${URL.parse(supabaseUrl)?.hostname.split(".")[0] ?? "…"}-auth-token`;
  output.warn(
    [
      "In the web app, open the browser's console (F12) and run",
      "",
      `  copy(localStorage.getItem("${key}"))`,
      "",
      "It copies your session; who has it can act as you. A token alone will do, too.",
    ].join("\n"),
  );
  return readHidden(shell, "Paste it here (nothing is shown), then Enter:");
}

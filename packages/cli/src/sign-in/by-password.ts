import type { Flowith } from "flowith-webapi";
import { usageError } from "../cli-error.ts";
import type { Context } from "../context/context.ts";
import { isPiped, readPiped } from "../input/read-piped.ts";
import { askEmail, askPassword, canAsk } from "./ask.ts";
import type { LoginFlags } from "./ways.ts";

/** By e-mail and password. The password is asked for, or piped in: a flag would stand in the list of processes. */
export async function signInByPassword(context: Context, client: Flowith, flags: LoginFlags): Promise<void> {
  const { shell, signal } = context;
  const isAsked = canAsk(shell);
  if (flags.email === undefined && !isAsked) throw usageError("--email is missing: whom to sign in.");
  const email = (flags.email ?? (await askEmail(shell))).trim();
  if (email === "") throw usageError("The e-mail is empty.");
  const password = await readPassword(context, flags, isAsked);
  if (password === "") throw usageError("The password is empty.");
  await client.auth.signInWithPassword({ email, password, signal });
}

async function readPassword({ shell, output }: Context, flags: LoginFlags, isAsked: boolean): Promise<string> {
  if (flags.passwordStdin && isPiped(shell)) {
    const piped = await readPiped(shell, () => output.note("Waiting for the password to be piped in."));
    return piped.replace(/\r?\n$/, "");
  }
  if (isAsked) return askPassword(shell);
  throw usageError(
    "There is no terminal to ask for the password.",
    "Pipe it in: flowith login --email you@example.com --password-stdin < password.txt",
  );
}

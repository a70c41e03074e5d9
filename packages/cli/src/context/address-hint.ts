import { ConnectionError } from "flowith-webapi";
import { CliError } from "../cli-error.ts";
import { rememberedAddresses } from "./remember-addresses.ts";
import type { Settings } from "./settings.ts";

/** An error with what else helps, which who threw it could not know. */
export class HintedError extends Error {
  override name = "HintedError";
  readonly hint: string;

  constructor(cause: unknown, hint: string) {
    super(hint, { cause });
    this.hint = hint;
  }
}

/** No connection, where the profile is tied to a service that may be gone: whose address it is, and how to be rid of it. */
export function withAddressHint(error: unknown, settings: Settings): unknown {
  if (!isNoConnection(error)) return error;
  const { config, profile, given } = settings;
  const remembered = rememberedAddresses(config, profile);
  const used = [remembered.supabaseUrl, remembered.edgeUrl].filter(
    (address) => address === settings.supabaseUrl || address === settings.edgeUrl,
  );
  const [address] = used.filter((one) => one !== undefined && one !== given.supabaseUrl && one !== given.edgeUrl);
  if (address === undefined) return error;
  return new HintedError(
    error,
    `Profile ${profile} was signed in at ${address}, such as an emulator, and goes there since. If that is gone: \`flowith logout --profile ${profile}\` forgets it, and \`flowith login --profile ${profile}\` signs in anew.`,
  );
}

function isNoConnection(error: unknown): boolean {
  return ConnectionError.is(error) || (error instanceof CliError && ConnectionError.is(error.cause));
}

import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { CliError } from "../cli-error.ts";
import { diskWords } from "../disk/disk-words.ts";
import { makeFolder } from "../disk/make-folder.ts";

/**
 * Makes the folder of sessions, for its owner alone, before anything is asked of the person or the service.
 * @throws CliError where nothing can be kept there
 */
export async function prepareSessionFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder, 0o700);
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw notKept(folder, cause);
  }
}

export function notKept(place: string, cause: unknown): CliError {
  return new CliError(`The session cannot be kept in ${place}: ${diskWords(cause)}.`, {
    code: "session_store",
    hint: "FLOWITH_HOME names another folder.",
    cause,
  });
}

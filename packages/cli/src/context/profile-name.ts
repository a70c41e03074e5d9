import { usageError } from "../cli-error.ts";

const pattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** It becomes the name of files. */
export const PROFILE_NAME_RULE = "1 to 64 letters, digits, dots, dashes and underscores, the first a letter or digit";

export function isProfileName(name: string): boolean {
  return pattern.test(name);
}

/** @throws CliError for a name that could not be a file's */
export function checkProfileName(name: string): string {
  if (isProfileName(name)) return name;
  throw usageError(`A profile's name has ${PROFILE_NAME_RULE}: not ${JSON.stringify(name)}.`);
}

import { ExitCode } from "../exit-codes.ts";

/**
 * How a command ends that did several things of which some failed: where nothing went well it ends as each of them would
 * have, if that is one way for all.
 * @param failures how each that failed would have ended alone
 */
export function exitCodeOfParts(failures: readonly ExitCode[], wentWell: number): ExitCode {
  if (wentWell > 0) return ExitCode.Partly;
  const [first = ExitCode.Failed, ...others] = new Set(failures);
  return others.length === 0 ? first : ExitCode.Failed;
}

import { usageError } from "../cli-error.ts";

/** Who reads what `env` prints; `bash` is for zsh and sh, too. */
export const SHELLS = ["bash", "fish", "powershell", "dotenv", "json"] as const;
export type ShellName = (typeof SHELLS)[number];

/**
 * A line that sets a variable to exactly this value, whatever is in it.
 * @throws CliError where the form has no way to say it
 */
export function assignment(shell: Exclude<ShellName, "json">, name: string, value: string): string {
  switch (shell) {
    case "bash":
      return `export ${name}='${value.replaceAll("'", `'\\''`)}'`;
    case "fish":
      return `set -gx ${name} '${value.replaceAll(/[\\']/g, "\\$&")}'`;
    case "powershell":
      // its typographic quotes end a text as well
      return `$env:${name} = '${value.replaceAll(/['‘’‚‛]/g, "$&$&")}'`;
    case "dotenv":
      return `${name}=${dotenvValue(value)}`;
  }
}

/** Plain where that will do, since some readers keep quotes. In quotes of one kind nothing has a meaning but their end. */
function dotenvValue(value: string): string {
  if (/^[\w./:@%+,~-]*$/.test(value)) return value;
  const quote = ["'", "`"].find((mark) => !value.includes(mark));
  if (quote !== undefined) return `${quote}${value}${quote}`;
  throw usageError(
    "A dotenv file cannot hold this path, which has quotes of all kinds in it.",
    "FLOWITH_HOME names another folder.",
  );
}

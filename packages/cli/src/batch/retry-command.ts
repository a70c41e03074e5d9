const PLAIN = /^[\w@%+=:,./-]+$/;

function quoted(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export interface RetryFlags {
  output?: string | undefined;
  profile?: string | undefined;
  kind?: string | undefined;
  model?: string | undefined;
  system?: string | undefined;
  media?: string | undefined;
  format?: string | undefined;
  delimiter?: string | undefined;
}

/** The command, for a shell, that runs the failed lines of a batch alone. */
export function retryCommand(input: string, flags: RetryFlags): string {
  const names = ["output", "kind", "model", "system", "media", "format", "delimiter", "profile"] as const;
  const options = names.flatMap((name) => {
    const value = flags[name];
    return value === undefined ? [] : [`--${name}`, value];
  });
  return ["flowith", "batch", input, ...options, "--only-failed"].map(quoted).join(" ");
}

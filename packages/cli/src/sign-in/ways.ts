import { usageError } from "../cli-error.ts";

/** How a person signs in. */
export type Way = "browser" | "password" | "paste" | "web-app";

export interface LoginFlags {
  browser?: boolean;
  provider?: string;
  webApp?: boolean;
  webAppUrl?: string;
  /** Seconds. */
  timeout: number;
  port: number;
  open: boolean;
  email?: string;
  passwordStdin?: boolean;
  paste?: boolean;
  tokenStdin?: boolean;
}

/**
 * The way that the flags name, if they name one.
 * @throws CliError where they name several
 */
export function namedWay(flags: LoginFlags): Way | undefined {
  const named: Record<Way, boolean> = {
    browser: flags.browser === true || flags.provider !== undefined,
    password: flags.email !== undefined || flags.passwordStdin === true,
    paste: flags.paste === true || flags.tokenStdin === true,
    "web-app": flags.webApp === true || flags.webAppUrl !== undefined,
  };
  const ways = (Object.keys(named) as Way[]).filter((way) => named[way]);
  if (ways.length > 1) throw usageError(`These are several ways to sign in: ${ways.join(", ")}. Choose one.`);
  return ways[0];
}

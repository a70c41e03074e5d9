import { password, select, text } from "@clack/prompts";
import { QuietEnd, usageError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";
import type { Shell } from "../shell.ts";
import type { Way } from "./ways.ts";

/** Whether somebody is there who can be asked. */
export function canAsk({ stdin, stderr }: Shell): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** Questions stand on stderr: stdout is for the result. */
function terminal({ stdin, stderr, signal }: Shell): {
  input: Shell["stdin"];
  output: Shell["stderr"];
  signal: AbortSignal;
} {
  return { input: stdin, output: stderr, signal };
}

/** @throws QuietEnd for Ctrl-C */
async function answered<T extends string>(question: Promise<T | symbol>): Promise<T> {
  const answer = await question;
  if (typeof answer === "symbol") throw new QuietEnd(ExitCode.Interrupted);
  return answer;
}

const isFilled = (value: string | undefined): string | undefined =>
  value === undefined || value.trim() === "" ? "Type something, or Ctrl-C to end." : undefined;

/** @throws CliError where nobody is there */
export function askWay(shell: Shell): Promise<Way> {
  if (!canAsk(shell)) {
    throw usageError(
      "There is no terminal to ask how you want to sign in.",
      "Say it: --browser, --web-app, --email with --password-stdin, or --token-stdin.",
    );
  }
  return answered<Way>(
    select<Way>({
      ...terminal(shell),
      message: "How do you want to sign in?",
      options: [
        { value: "browser", label: "In the browser", hint: "Google, GitHub or X" },
        { value: "password", label: "By e-mail and password" },
        { value: "web-app", label: "By the web app", hint: "signed in there already; lasts an hour" },
        { value: "paste", label: "By pasting a session", hint: "copied out of the web app" },
      ],
    }),
  );
}

export function askEmail(shell: Shell): Promise<string> {
  return answered(text({ ...terminal(shell), message: "E-mail", validate: isFilled }));
}

export function askPassword(shell: Shell): Promise<string> {
  // clears nothing of what is typed: blanks may be part of a password
  return answered(password({ ...terminal(shell), message: "Password" }));
}

import { AuthenticationError, ConnectionError } from "flowith-webapi";
import { CliError } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";
import { reportError } from "../output/error-report.ts";
import { oneLine } from "../output/printable.ts";
import type { Way } from "./ways.ts";

const OTHER_WAY = "An account that was made with Google, GitHub or X has no password: flowith login --browser";

/** A failed sign-in, in words for who tried it; what is no refusal stays as it is. */
export function signInFailure(error: unknown, way: Way): unknown {
  if (ConnectionError.is(error)) {
    return new CliError(`The service cannot be reached: ${oneLine(reportError(error).message)}`, {
      exitCode: ExitCode.TryLater,
      code: error.code,
      hint: "Nothing was changed. Look at the connection, and try again.",
      cause: error,
    });
  }
  if (!AuthenticationError.is(error)) return error;
  const { message, hint } = refusal(error, way);
  return new CliError(message, { exitCode: ExitCode.SignIn, code: "authentication", hint, cause: error });
}

function refusal(error: AuthenticationError, way: Way): { message: string; hint: string } {
  // GoTrue's newer answers have it under the name `code`, where the older have the status
  const word = text(error.body, "error_code") ?? text(error.body, "code") ?? text(error.body, "error");
  if (word === "email_not_confirmed") {
    return {
      message: "The e-mail of this account is not confirmed yet.",
      hint: "Open the link in the mail that Flowith has sent to it, then sign in again.",
    };
  }
  if (way === "password") {
    if (word === "invalid_credentials") return { message: "The e-mail or the password is wrong.", hint: OTHER_WAY };
    return { message: `The sign-in was refused: ${oneLine(reportError(error).message)}`, hint: OTHER_WAY };
  }
  if (way === "browser") {
    const said = text(error.body, "error_description") ?? reportError(error).message;
    return {
      message: `The browser came back without a sign-in: ${oneLine(said)}`,
      hint: "Start it again: flowith login --browser",
    };
  }
  if (way === "web-app") {
    return {
      message: "The token that the web app has handed over is refused, or has expired.",
      hint: "Reload the web app, or sign in by another way: flowith login --browser",
    };
  }
  return {
    message:
      "What was pasted is not taken: it has expired or was signed out, it was used already, or a part is missing.",
    hint: "Each refresh token works once. Copy the session anew from the web app, after you have reloaded it.",
  };
}

function text(body: unknown, name: string): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(body, name)?.value;
  return typeof value === "string" && value !== "" ? value : undefined;
}

import type { APIErrorOptions } from "../errors/api-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";

/** @param said which request was answered, and how; ends with a full stop */
export function refusedKey(said: string, options: APIErrorOptions): AuthenticationError {
  return new AuthenticationError(
    `${said} The API key was refused. Make a new one in the settings of the web app, and pass it as apiKey.`,
    options,
  );
}

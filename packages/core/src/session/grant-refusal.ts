import type { APIError } from "../errors/api-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { isRefusal } from "../errors/is-refusal.ts";
import { mentionsKey } from "../wire/words.ts";

/** A refused password, code or token, whatever status it was refused with; every other failure as it is. */
export async function refusedAsAuthentication<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (AuthenticationError.is(error) || !isRefusal(error) || mentionsKey(error.status, error.body)) throw error;
    throw authenticationError(`${error.message} The sign-in was refused.`, error);
  }
}

export function authenticationError(message: string, cause: APIError): AuthenticationError {
  const { status, headers, body, requestId } = cause;
  return new AuthenticationError(message, { status, headers, body, requestId, cause });
}

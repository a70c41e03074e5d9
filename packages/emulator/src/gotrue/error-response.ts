import { ApiError, OAuthError, WeakPasswordError } from "./api-error.ts";
import { jsonResponse } from "./responses.ts";

const versionHeader = "x-supabase-api-version";
const firstNamedVersion = "2024-01-01";

/** Whether the caller asked for the error form of 2024-01-01 or later; a header that is no date counts as none. */
function wantsNamedVersion(request: Request): boolean {
  const version = request.headers.get(versionHeader) ?? "";
  const date = new Date(`${version}T00:00:00Z`);
  // A day that the month does not have is moved on, and so no longer reads as it was written.
  const isDate = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === version;
  return isDate && version >= firstNamedVersion;
}

function bodyOf(status: number, code: string, message: string, isNamedVersion: boolean): Record<string, unknown> {
  return isNamedVersion ? { code, message } : { code: status, error_code: code, msg: message };
}

/** The body alone, for the one answer that carries it behind a redirect's page. */
export function errorBody(error: ApiError, request: Request): Record<string, unknown> {
  return bodyOf(error.status, error.code, error.message, wantsNamedVersion(request));
}

/** Whether the service knows the error and has an answer of its own for it. */
export function isExpected(error: unknown): boolean {
  return error instanceof ApiError || error instanceof WeakPasswordError || error instanceof OAuthError;
}

export function errorResponse(error: unknown, request: Request, headers: Headers): Response {
  const isNamedVersion = wantsNamedVersion(request);
  if (isNamedVersion) headers.set(versionHeader, firstNamedVersion);

  if (error instanceof WeakPasswordError) {
    const body = bodyOf(422, "weak_password", error.message, isNamedVersion);
    // Only the old form names the code in a header too.
    if (!isNamedVersion) headers.set("x-sb-error-code", "weak_password");
    return jsonResponse(422, { ...body, weak_password: { reasons: error.reasons } }, headers);
  }
  if (error instanceof ApiError) {
    headers.set("x-sb-error-code", error.code);
    return jsonResponse(error.status, bodyOf(error.status, error.code, error.message, isNamedVersion), headers);
  }
  if (error instanceof OAuthError) {
    return jsonResponse(400, { error: error.error, error_description: error.message }, headers);
  }
  const message = "Unexpected failure, please check server logs for more information";
  return jsonResponse(500, bodyOf(500, "unexpected_failure", message, isNamedVersion), headers);
}

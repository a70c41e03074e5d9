import { ApiError, OAuthError } from "./api-error.ts";

const words: Readonly<Record<number, string>> = {
  400: "invalid_request",
  401: "unauthorized_client",
  403: "access_denied",
  500: "server_error",
  503: "temporarily_unavailable",
};

export function oauthErrorWord(status: number): string | undefined {
  return words[status];
}

/** An error as parameters of a redirect. */
export function errorParameters(error: unknown): [string, string][] {
  if (error instanceof OAuthError) {
    return [
      ["error", error.error],
      ["error_description", error.message],
    ];
  }
  if (!(error instanceof ApiError)) {
    return [
      ["error", "server_error"],
      ["error_description", error instanceof Error ? error.message : String(error)],
    ];
  }
  return [
    ["error", words[error.status] ?? "server_error"],
    ["error_code", error.code],
    ["error_description", error.message],
  ];
}

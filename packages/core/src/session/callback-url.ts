import { AuthenticationError } from "../errors/authentication-error.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { detail } from "../text/detail.ts";
import { parseSession } from "./auth-session.ts";
import type { Session } from "./session-store.ts";

/**
 * What the auth server wrote into the address that the user came back to: a session in the fragment, a code in the
 * query, or nothing that concerns us.
 * @throws AuthenticationError where it says that the sign-in failed, InvalidArgumentError where it is no URL
 */
export function readCallbackUrl(url: string | URL): { session: Session } | { code: string } | undefined {
  const { searchParams, hash } = parsed(url);
  const fragment = new URLSearchParams(hash.slice(1));
  // The server writes a refusal into both.
  throwIfRefused(fragment);
  throwIfRefused(searchParams);
  const accessToken = fragment.get("access_token");
  if (accessToken !== null) {
    const wire = {
      access_token: accessToken,
      refresh_token: fragment.get("refresh_token"),
      expires_at: seconds(fragment, "expires_at"),
      expires_in: seconds(fragment, "expires_in"),
    };
    return { session: parseSession(wire, "The address of the sign-in") };
  }
  const code = searchParams.get("code");
  return code === null || code === "" ? undefined : { code };
}

function parsed(url: unknown): URL {
  // `location.search` and `location.hash` alone will do, and so will `location` itself.
  const isUrl = typeof url === "string" || (typeof url === "object" && url !== null && "href" in url);
  const text = isUrl ? String(url) : "";
  if (isUrl && URL.canParse(text, "http://localhost")) return new URL(text, "http://localhost");
  throw new InvalidArgumentError("auth.sessionFromUrl: expected the URL that the user came back to.");
}

function seconds(fragment: URLSearchParams, name: string): number | undefined {
  const value = Number(fragment.get(name));
  return value > 0 ? value : undefined;
}

function throwIfRefused(parameters: URLSearchParams): void {
  const word = parameters.get("error_code") ?? parameters.get("error");
  const description = parameters.get("error_description");
  if (!word && !description) return;
  const said = detail([word, description].filter(Boolean).join(": "));
  throw new AuthenticationError(`The sign-in failed: ${said}. Start it again.`, {
    body: { error: parameters.get("error"), error_code: parameters.get("error_code"), error_description: description },
  });
}

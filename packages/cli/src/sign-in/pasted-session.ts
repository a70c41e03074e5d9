import type { Flowith } from "flowith-webapi";
import { usageError } from "../cli-error.ts";

/** What `auth.setSession` takes. */
export type GivenSession = Parameters<Flowith["auth"]["setSession"]>[0];

const UNSEEN = /[\s\p{Cf}]/gu;
const accessToken = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/;
const refreshToken = /^[\w-]{10,64}$/;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const tokenNames = ["access_token", "accessToken", "refreshToken"];

/**
 * What a person has pasted, or a program piped in: a token, or the web app's session as JSON, with what a console, a shell
 * or a cookie puts round it.
 * @throws CliError for what is neither; it shows nothing of it
 */
export function pastedSession(pasted: string): GivenSession {
  const text = unwrapped(pasted);
  if (text === "") throw usageError("Nothing was pasted.");
  if (text.startsWith("{")) return sessionOfJson(text);
  refuseNoToken(text);
  if (refreshToken.test(text)) return { refreshToken: text };
  // a terminal or a mail may have broken it into lines
  const token = text.replaceAll(UNSEEN, "");
  if (accessToken.test(token)) return { accessToken: token };
  throw usageError(
    "What was pasted is neither a token nor the session of the web app.",
    "Copy all of it, from { to }, and nothing else.",
  );
}

/** What people copy in place of a token, and what would go to the service as one. @throws CliError */
function refuseNoToken(text: string): void {
  const whole = 'In the web app\'s console: copy(localStorage.getItem("sb-…-auth-token")) copies what is wanted.';
  if (/^sb-[\w.-]+$/.test(text))
    throw usageError("What was pasted is the name of the session, and not its value.", whole);
  if (/^sb_(?:publishable|secret)_/.test(text))
    throw usageError("What was pasted is a key of the service, and no session.", whole);
  if (/^flo[-_]/.test(text))
    throw usageError("What was pasted is an API key, and no session.", "It belongs into FLOWITH_API_KEY.");
  if (/^(?:null|undefined)$/.test(text))
    throw usageError("There was no session to copy: nobody is signed in to the web app there.", "Sign in there first.");
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) throw usageError("What was pasted is an address, and no session.", whole);
  if (/^(?:(?:set-)?cookie:\s*)?[\w.-]+=/i.test(text))
    throw usageError(
      "What was pasted is a name with its value, as of a cookie or a variable.",
      `Paste the value alone. ${whole}`,
    );
  if (uuid.test(text)) throw usageError("What was pasted is an id, and no session.", whole);
  // such as access_token, or FLOWITH_REFRESH_TOKEN: no token is a word of a program
  if (/^(?:localstorage|[a-z]+[_-]?token|flowith_\w+)$/i.test(text))
    throw usageError("What was pasted is the name of a token, and not its value.", whole);
}

function unwrapped(pasted: string): string {
  let text = pasted.replace(/^[\s\p{Cf}]+|[\s\p{Cf};,]+$/gu, "").replace(/^Bearer\s+/i, "");
  const [, inQuotes] = /^(?:'(.*)'|`(.*)`|"(?!")(.*)")$/s.exec(text)?.filter((part) => part !== undefined) ?? [];
  if (inQuotes !== undefined) text = text.startsWith('"') ? ofJsonText(text, inQuotes) : inQuotes;
  if (!text.startsWith("base64-")) return text.trim();
  // the cookie of the web app
  return Buffer.from(text.slice("base64-".length), "base64url").toString("utf8").trim();
}

/** A console may print a text as JSON has it, with a backslash before each quote. */
function ofJsonText(text: string, inQuotes: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : inQuotes;
  } catch {
    return inQuotes;
  }
}

function sessionOfJson(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw usageError(
      "What was pasted begins like the session of the web app, but is cut off or was changed on its way.",
      "Copy all of it, from { to }.",
    );
  }
  if (typeof value === "object" && value !== null && tokenNames.some((name) => name in value)) return text;
  throw usageError(
    "What was pasted is JSON, but no session: there is no access_token in it.",
    "It is the value under sb-…-auth-token in the web app's local storage.",
  );
}

import * as v from "valibot";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { pasteAccident } from "../text/paste-accident.ts";
import { isRecord, parseAnswer } from "../wire/parse.ts";

export interface TokenClaims {
  sub?: string | undefined;
  /** Seconds since 1970. */
  exp?: number | undefined;
  /** When it was issued, in seconds since 1970. */
  iat?: number | undefined;
}

/** A time in another form than ours is no reason to refuse a token: the server knows its age. */
const seconds: v.GenericSchema<unknown, number | undefined> = v.fallback(v.optional(v.number()), undefined);

const claimsSchema: v.GenericSchema<unknown, TokenClaims> = v.looseObject({
  sub: v.optional(v.string()),
  exp: seconds,
  iat: seconds,
});

/** Reads a token's claims without checking its signature, which is the server's part. @throws AuthenticationError */
export function decodeToken(token: string): TokenClaims {
  // The whole of it: a line break inside would pass the decoder, and then stand in the platform's error, token and all.
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token)?.[1];
  if (payload !== undefined) {
    try {
      const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
        letter.charCodeAt(0),
      );
      const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
      if (isRecord(claims)) return parseAnswer(claimsSchema, claims, "The token", true);
    } catch {
      // falls through to the one message: what exactly is broken in a token is no help, and part of a secret
    }
  }
  throw new AuthenticationError(`The token is no Flowith access token (a JWT of three parts). ${adviceFor(token)}`);
}

function adviceFor(token: string): string {
  const accident = pasteAccident(token);
  if (accident !== undefined) return accident;
  if (/^[\w-]{10,40}$/.test(token)) return "If it is a refresh token, pass it as refreshToken.";
  return 'Take access_token from localStorage["sb-…-auth-token"] of the web app, or sign in.';
}

/** The user that a token names, or none where it is of another form. */
export function subjectOf(token: string): string | undefined {
  try {
    return decodeToken(token).sub || undefined;
  } catch {
    return undefined;
  }
}

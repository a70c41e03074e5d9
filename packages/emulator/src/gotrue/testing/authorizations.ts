import { decodeJwt } from "jose";
import { createSigningKey, type SigningKey } from "../../keys/signing-key.ts";

export interface Authorizations {
  publishableKey: string;
  key: SigningKey;
  /** Captured values by name, such as `alice.access_token`. */
  captured: ReadonlyMap<string, string>;
  now: number;
}

async function bearerOf(
  who: string,
  { publishableKey, key, captured, now }: Authorizations,
): Promise<string | undefined> {
  const alice = captured.get("alice.access_token") ?? "";
  const seconds = Math.floor(now / 1000);
  switch (who) {
    case "anon":
    case "none":
    case "badkey":
    // The line's own headers hold one.
    case "verbatim":
      return undefined;
    case "anonbearer":
      return `Bearer ${publishableKey}`;
    case "garbage":
      return "Bearer garbage";
    case "garbage3":
      return "Bearer aaa.bbb.ccc";
    case "bare":
      return alice;
    case "expired":
      return `Bearer ${await key.sign({ ...decodeJwt(alice), exp: seconds - 3600 })}`;
    case "foreignkey": {
      const stranger = await createSigningKey();
      const token = await stranger.sign(decodeJwt(alice));
      const header = Buffer.from(JSON.stringify({ alg: "ES256", kid: "a-kid-nobody-knows", typ: "JWT" })).toString(
        "base64url",
      );
      return `Bearer ${[header, ...token.split(".").slice(1)].join(".")}`;
    }
    default: {
      const token = captured.get(`${who}.access_token`);
      if (token === undefined) throw new Error(`Nobody was recorded as ${who}.`);
      return `Bearer ${token}`;
    }
  }
}

/** The headers that stand for who asks. */
export async function authorizationHeaders(
  who: string,
  authorizations: Authorizations,
): Promise<Record<string, string>> {
  const authorization = await bearerOf(who, authorizations);
  return {
    ...(who === "none" ? {} : { apikey: who === "badkey" ? "another-key" : authorizations.publishableKey }),
    ...(authorization === undefined ? {} : { authorization }),
  };
}

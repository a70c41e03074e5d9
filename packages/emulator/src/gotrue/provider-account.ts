import { createHash } from "node:crypto";
import type { Metadata } from "./metadata.ts";

/** What a provider tells about somebody who has consented. */
export interface ProviderAccount {
  email: string;
  /** As the identity keeps it. */
  data: Metadata & { sub: string };
  accessToken: string;
  refreshToken: string;
}

/** The same person has the same id each time. */
function accountId(email: string): string {
  return String(createHash("sha256").update(email).digest().readUInt32BE(0));
}

/**
 * The stand-in providers hand out codes that name the account: an address, or a name at example.com.
 * @param issuer the provider's origin
 */
export function accountFromCode(provider: string, issuer: string, code: string): ProviderAccount {
  const email = (code.includes("@") ? code : `${code}@example.com`).toLowerCase();
  const name = code.split("@", 1)[0] ?? code;
  const id = accountId(email);
  const picture = `https://img.example/a/${encodeURIComponent(name)}.png`;
  const handle =
    provider === "github" || provider === "twitter" ? { preferred_username: name, user_name: name } : { picture };
  return {
    email,
    data: {
      avatar_url: picture,
      email,
      email_verified: true,
      full_name: name,
      iss: issuer,
      name,
      phone_verified: false,
      provider_id: id,
      sub: id,
      ...handle,
    },
    accessToken: `provider-access-${name}`,
    refreshToken: `provider-refresh-${name}`,
  };
}

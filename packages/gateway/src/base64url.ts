import { decodeBase64Url, encodeBase64Url } from "hono/utils/encode";

/** Text as base64url, without padding. */
export function toBase64Url(text: string): string {
  return encodeBase64Url(new TextEncoder().encode(text).buffer).replace(/=+$/, "");
}

/** Undefined for what is no base64url of a text. */
export function fromBase64Url(base64url: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(decodeBase64Url(base64url));
  } catch {
    return undefined;
  }
}

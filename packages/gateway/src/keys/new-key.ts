import { digestOf } from "../accounts/digest.ts";

/** A key that has just been made. */
export interface NewKey {
  /** What the caller sends. It is nowhere else: show it once, and keep `sha256`. */
  key: string;
  /** Names the key in lists and logs; not secret. */
  id: string;
  /** SHA-256 of `key`, in hex. */
  sha256: string;
}

const PREFIX = "fgw_";

/**
 * A key of 256 random bits. Its plain SHA-256 may be kept: slow hashes with salts are for what people think up, which can be
 * guessed, and nobody guesses 256 bits however fast they try.
 * @example
 * const { key, id, sha256 } = await newKey();
 */
export async function newKey(): Promise<NewKey> {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const key = `${PREFIX}${btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (char) => BASE64URL[char] ?? "")}`;
  return { key, id: crypto.randomUUID().slice(0, 8), sha256: await digestOf(key) };
}

const BASE64URL: Readonly<Record<string, string>> = { "+": "-", "/": "_", "=": "" };

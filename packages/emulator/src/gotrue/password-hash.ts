import { type BinaryLike, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

// A tenth of the usual work: these are throw-away accounts, and tests make thousands of them.
const cost = 2048;
const keyBytes = 32;

const derive: (password: BinaryLike, salt: BinaryLike, bytes: number, options: { N: number }) => Promise<Buffer> =
  promisify(scrypt);

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, keyBytes, { N: cost });
  return `$scrypt$${cost}$${salt.toString("hex")}$${key.toString("hex")}`;
}

/** False for an account without a password, too. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, name, work, salt, key] = hash?.split("$") ?? [];
  if (name !== "scrypt" || !work || !salt || !key) return false;
  const expected = Buffer.from(key, "hex");
  const actual = await derive(password, Buffer.from(salt, "hex"), expected.length, { N: Number(work) });
  return timingSafeEqual(actual, expected);
}

import { createHash, randomInt } from "node:crypto";
import { ApiError } from "./api-error.ts";

const mailIntervalMs = 60_000;
const tokenLifetimeMs = 86_400_000;

export interface MailToken {
  otp: string;
  /** What the database keeps and the link carries. */
  hash: string;
}

export function hashOtp(address: string, otp: string): string {
  return createHash("sha224")
    .update(address + otp)
    .digest("hex");
}

/** @param isPkce marks the token, so that opening the link gives a code instead of a session */
export function createMailToken(address: string, isPkce: boolean): MailToken {
  const otp = String(randomInt(1_000_000)).padStart(6, "0");
  return { otp, hash: (isPkce ? "pkce_" : "") + hashOtp(address, otp) };
}

/** One mail of a kind a minute. */
export function checkMailInterval(sentAt: Date | null, now: number): void {
  if (sentAt === null) return;
  const left = sentAt.getTime() + mailIntervalMs - now;
  if (left <= 0) return;
  const message = `For security purposes, you can only request this after ${Math.floor(left / 1000)} seconds.`;
  throw new ApiError(429, "over_email_send_rate_limit", message);
}

export function isMailTokenExpired(sentAt: Date | null, now: number): boolean {
  return sentAt === null || now > sentAt.getTime() + tokenLifetimeMs;
}

/** Whether a typed code's hash is the stored one, of either flow. */
export function matchesMailToken(hash: string, stored: string, sentAt: Date | null, now: number): boolean {
  if (stored === "" || isMailTokenExpired(sentAt, now)) return false;
  return hash === stored || `pkce_${hash}` === stored;
}

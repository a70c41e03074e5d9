import { isRecord } from "./parse.ts";

const success = new Set(["done", "completed", "success"]);
const failure = new Set(["failed", "error"]);

/** Whether a status, of an event or a row, says that the job has its result. */
export function isSuccessWord(status: unknown): boolean {
  return typeof status === "string" && success.has(status.toLowerCase());
}

/** Whether a status says that the job has failed. A word that is merely new says neither. */
export function isFailureWord(status: unknown): boolean {
  return typeof status === "string" && failure.has(status.toLowerCase());
}

/** 402 is one way to say it, a text the other (wire 2.2). */
export function mentionsCredits(text: string | undefined): boolean {
  return text !== undefined && /insufficient credits/i.test(text);
}

/** Whether a 401 is of Supabase's gateway, about the key that every request has: it has not looked at the token. */
export function mentionsKey(status: number, body: unknown): boolean {
  const message = status === 401 && isRecord(body) ? body.message : undefined;
  return typeof message === "string" && /^(invalid|no|unregistered|legacy) api keys?\b/i.test(message);
}

import { cut } from "./cut.ts";
import { kindOf } from "./kind-of.ts";
import { redact } from "./redact.ts";

/** So much of what a caller gave stands in a message. */
const LONGEST = 60;

/** What a caller gave, for a message: a text in quotes, without what looks like a secret and cut; else its kind. */
export function shown(value: unknown): string {
  return typeof value === "string" ? `"${cut(redact(value), LONGEST)}"` : kindOf(value);
}

import { excerpt } from "./excerpt.ts";
import { kindOf } from "./kind-of.ts";

/** What a caller gave, for a message: a text in quotes, without what looks like a secret and cut; else its kind. */
export function shown(value: unknown): string {
  return typeof value === "string" ? `"${excerpt(value)}"` : kindOf(value);
}

import { redact } from "./redact.ts";

const MOST_CHARACTERS = 60;
/** More than enough to find the tokens in what is shown, and little enough to look through. */
const MOST_READ = 4_000;

/**
 * As much of what somebody gave as a message may show: one line of 60 characters, without tokens and passwords.
 * @param keep `end` for paths, whose last part says the most
 * @example
 * const message = `${excerpt(folder, "end")} cannot be read.`;
 */
export function excerpt(text: string, keep: "start" | "end" = "start"): string {
  const part = keep === "start" ? text.slice(0, MOST_READ) : text.slice(-MOST_READ);
  const characters = [...redact(part).replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}\p{Cs}]/gu, "\ufffd")];
  if (characters.length <= MOST_CHARACTERS) return characters.join("");
  return keep === "start"
    ? `${characters.slice(0, MOST_CHARACTERS - 1).join("")}…`
    : `…${characters.slice(1 - MOST_CHARACTERS).join("")}`;
}

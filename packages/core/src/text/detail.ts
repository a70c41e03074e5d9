import { cut } from "./cut.ts";
import { redact } from "./redact.ts";

/** So much of what a server said stands in a message. */
const LONGEST = 200;

/**
 * What a server said, for a message: without secrets, and cut after that, since half a token is known by nothing.
 * @param secrets of 4 letters at least, those that the request held, which an answer may repeat without a word that tells what they are
 */
export function detail(text: string, secrets: readonly string[] = []): string {
  return cut(redact(withoutSecrets(text, secrets)), LONGEST);
}

/** A text with each of these secrets blanked that has 4 letters at least: less may be a word. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => (secret.length < 4 ? rest : rest.replaceAll(secret, "[redacted]")), text);
}

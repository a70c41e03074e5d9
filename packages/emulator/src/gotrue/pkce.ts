import { createHash, timingSafeEqual } from "node:crypto";
import { ApiError } from "./api-error.ts";

const invalid = (message: string) => new ApiError(400, "validation_failed", message);

/** Both or none, and a challenge of the form of RFC 7636, section 4.2. */
export function validatePkce(method: string, challenge: string): void {
  if ((challenge === "") !== (method === ""))
    throw invalid("PKCE flow requires code_challenge_method and code_challenge");
  if (challenge === "") return;
  const length = new TextEncoder().encode(challenge).length;
  if (length < 43 || length > 128) throw invalid("code challenge has to be between 43 and 128 characters");
  if (!/^[a-zA-Z._~0-9-]+$/.test(challenge)) {
    throw invalid("code challenge can only contain alphanumeric characters, hyphens, periods, underscores and tildes");
  }
}

/** The method in its stored form, undefined when there is no such method. */
export function normalizeChallengeMethod(method: string): "s256" | "plain" | undefined {
  const name = method.toLowerCase();
  return name === "s256" || name === "plain" ? name : undefined;
}

export function matchesChallenge(challenge: string, method: string, verifier: string): boolean {
  const answer = method === "s256" ? createHash("sha256").update(verifier).digest("base64url") : verifier;
  const [expected, actual] = [Buffer.from(challenge), Buffer.from(answer)];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

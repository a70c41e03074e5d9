import { ApiError } from "./api-error.ts";

// The pattern of the check that the service uses; what it lets through is deliberately generous.
const localPart = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
const hostName = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** The address in lower case. */
export function validateEmail(email: string): string {
  if (email === "") throw new ApiError(400, "validation_failed", "An email address is required");
  if (new TextEncoder().encode(email).length > 255) {
    throw new ApiError(400, "validation_failed", "An email address is too long");
  }
  const at = email.indexOf("@");
  if (at < 1 || !localPart.test(email.slice(0, at)) || !hostName.test(email.slice(at + 1))) {
    throw new ApiError(400, "validation_failed", "Unable to validate email address: invalid format");
  }
  return email.toLowerCase();
}

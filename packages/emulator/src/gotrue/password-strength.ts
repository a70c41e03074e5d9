import { ApiError, WeakPasswordError } from "./api-error.ts";

const minimumBytes = 6;
// bcrypt reads no further, so the real service refuses what is longer.
const maximumBytes = 72;

export function checkPasswordStrength(password: string): void {
  const bytes = new TextEncoder().encode(password).length;
  if (bytes > maximumBytes) {
    throw new ApiError(400, "validation_failed", `Password cannot be longer than ${maximumBytes} characters`);
  }
  if (bytes < minimumBytes) {
    throw new WeakPasswordError(`Password should be at least ${minimumBytes} characters.`, ["length"]);
  }
}

import { ApiError } from "./api-error.ts";

/** Without plus and spaces. */
export function validatePhone(phone: string): string {
  const digits = phone.replace(/^\+/, "").replaceAll(" ", "");
  if (!/^[1-9][0-9]{1,14}$/.test(digits)) {
    throw new ApiError(400, "validation_failed", "Invalid phone number format (E.164 required)");
  }
  return digits;
}

import * as v from "valibot";
import type { ResetOptions } from "../emulator.ts";
import type { NewUser } from "./users.ts";

/** A user that can be made. */
export const newUser: v.GenericSchema<unknown, NewUser> = v.strictObject({
  id: v.optional(v.pipe(v.string(), v.uuid())),
  email: v.optional(v.pipe(v.string(), v.email())),
  password: v.optional(v.string()),
  // a number that a date of a token can be, and one that a grant's column holds
  expiresInSeconds: v.optional(v.pipe(v.number(), v.minValue(-1e11), v.maxValue(1e11))),
  credits: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(9_999_999_999))),
});

/** What a reset can leave behind. */
export const resetWish: v.GenericSchema<unknown, ResetOptions> = v.strictObject({
  users: v.optional(v.array(newUser)),
});

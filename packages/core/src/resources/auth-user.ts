import * as v from "valibot";
import { parseAnswer } from "../wire/parse.ts";

/** The signed-in user, as the auth server knows them. */
export interface AuthUser {
  id: string;
  email: string | undefined;
  /** ISO 8601. */
  createdAt: string | undefined;
  /** What the sign-in provider told: a name, a picture, and more. */
  metadata: Record<string, unknown>;
  raw: unknown;
}

interface WireUser {
  id: string;
  email?: string | null | undefined;
  created_at?: string | null | undefined;
  user_metadata?: Record<string, unknown> | null | undefined;
}

const wireUserSchema: v.GenericSchema<unknown, WireUser> = v.looseObject({
  id: v.string(),
  email: v.nullish(v.string()),
  created_at: v.nullish(v.string()),
  user_metadata: v.nullish(v.record(v.string(), v.unknown())),
});

/** @throws ResponseShapeError */
export function authUser(value: unknown): AuthUser {
  const wire = parseAnswer(wireUserSchema, value, "GET /auth/v1/user");
  return {
    id: wire.id,
    // The server writes "" for a user without one.
    email: wire.email || undefined,
    createdAt: wire.created_at ?? undefined,
    metadata: wire.user_metadata ?? {},
    raw: value,
  };
}

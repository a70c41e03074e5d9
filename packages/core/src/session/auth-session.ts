import * as v from "valibot";
import { parseAnswer } from "../wire/parse.ts";
import { decodeToken } from "./jwt.ts";
import type { Session } from "./session-store.ts";

interface WireSession {
  access_token: string;
  refresh_token?: string | null | undefined;
  expires_at?: number | null | undefined;
}

const wireSessionSchema: v.GenericSchema<unknown, WireSession> = v.looseObject({
  access_token: v.string(),
  refresh_token: v.nullish(v.string()),
  expires_at: v.nullish(v.number()),
});

/** The auth server's session object (wire 7) as ours. @throws ResponseShapeError */
export function parseSession(value: unknown, label: string): Session {
  const wire = parseAnswer(wireSessionSchema, value, label, true);
  const claims = decodeToken(wire.access_token);
  return {
    accessToken: wire.access_token,
    refreshToken: wire.refresh_token ?? undefined,
    expiresAtMs: 1000 * (claims.exp ?? wire.expires_at ?? Number.POSITIVE_INFINITY),
    userId: claims.sub ?? "",
  };
}

import * as v from "valibot";
import type { RawData } from "ws";

/** What the web app's page sends to a tool (wire 7), as far as it is used. Addresses in it are not: they would be believed. */
export type HandshakeMessage = { type: "session"; nonce: string; accessToken: string } | { type: "not_logged_in" };

const schema = v.variant("type", [
  v.looseObject({
    type: v.literal("session"),
    data: v.looseObject({ nonce: v.string(), accessToken: v.pipe(v.string(), v.nonEmpty()) }),
  }),
  v.looseObject({ type: v.literal("not_logged_in") }),
]);

/** @returns undefined for anything else */
export function readHandshake(data: RawData): HandshakeMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.isBuffer(data) ? data.toString("utf8") : "");
  } catch {
    return undefined;
  }
  const { success, output } = v.safeParse(schema, value);
  if (!success) return undefined;
  if (output.type === "not_logged_in") return { type: output.type };
  const { nonce, accessToken } = output.data;
  return { type: output.type, nonce, accessToken };
}

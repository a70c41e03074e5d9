import * as v from "valibot";
import { expect } from "vitest";
import type { Emulator } from "../emulator.ts";
import { TestClient } from "./test-client.ts";

const denied: v.GenericSchema<unknown, { code: string }> = v.object({ code: v.string() });

export const insert = (client: TestClient, table: string, row: object): Promise<Response> =>
  client.rest(`/${table}`, { method: "POST", body: JSON.stringify(row) });

export const patch = (client: TestClient, path: string, change: object): Promise<Response> =>
  client.rest(path, { method: "PATCH", body: JSON.stringify(change) });

export async function rows(client: TestClient, path: string): Promise<unknown> {
  return (await client.rest(path)).json();
}

export async function expectDenied(response: Response): Promise<void> {
  expect([response.status, v.parse(denied, await response.json()).code]).toEqual([403, "42501"]);
}

export interface SharedConversation {
  owner: TestClient;
  other: TestClient;
  convId: string;
  /** Of the other's cooperation. */
  path: string;
}

/** A conversation of the owner's, in which another has a role. */
export async function shared(emulator: Emulator, role: number): Promise<SharedConversation> {
  const [owner, other] = [await TestClient.create(emulator), await TestClient.create(emulator)];
  const convId = await owner.conversation();
  const cooperation = { user_id: other.user.id, conv_id: convId, role };
  expect((await insert(owner, "cooperate", cooperation)).status).toBe(201);
  return { owner, other, convId, path: `/cooperate?conv_id=eq.${convId}&user_id=eq.${other.user.id}` };
}

import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Flowith } from "../node.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.close());

function addresses() {
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  return { edgeUrl, supabaseUrl, supabaseKey };
}

describe("the client for rows", () => {
  it("is signed in as the user, and goes on after a refresh", async () => {
    const user = await emulator.createUser();
    await using flowith = new Flowith({ ...addresses(), token: user.token, refreshToken: user.refreshToken });
    const { convId } = await flowith.generate("Hello");
    await flowith.auth.refresh();
    const { data } = await flowith.supabase().from("conversation").select("id,user_id").throwOnError();
    expect(data).toEqual([{ id: convId, user_id: user.id }]);
    expect(flowith.supabase()).toBe(flowith.supabase());
  });

  it("is the caller's own where there is one, for rows alone", async () => {
    const [user, other] = [await emulator.createUser(), await emulator.createUser()];
    const supabase = new Flowith({ ...addresses(), token: other.token }).supabase();
    await using flowith = new Flowith({ ...addresses(), token: user.token, supabase });
    expect(flowith.supabase()).toBe(supabase);
    expect((await flowith.auth.user()).id).toBe(user.id);
    // The rows go out as the other user, who must not write for this one.
    await expect(flowith.generate("Hello")).rejects.toMatchObject({ name: "PermissionError", status: 403 });
  });

  it("is refused where it is none", () => {
    expect(() => new Flowith({ supabase: "client" as never })).toThrow('option "supabase"');
    expect(() => new Flowith({ supabase: null as never })).toThrow('option "supabase"');
    expect(() => new Flowith(null as never)).toThrow("Flowith: options must be an object");
  });
});

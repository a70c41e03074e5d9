import { type Emulator, startEmulator } from "@flowith-webapi/emulator";
import type { Database, Rows } from "@flowith-webapi/supabase";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { Flowith, type FlowithOptions } from "../node.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.close());

function addresses() {
  const { edgeUrl, supabaseUrl, supabaseKey } = emulator;
  return { edgeUrl, supabaseUrl, supabaseKey };
}

describe("the option supabase", () => {
  it.each(["a whole supabase-js client", "from and rpc alone"])("is %s, for rows alone", async (what) => {
    const [user, other] = [await emulator.createUser(), await emulator.createUser()];
    const { supabaseUrl, supabaseKey } = emulator;
    const whole = createClient<Database>(supabaseUrl, supabaseKey, { accessToken: async () => other.token });
    const part: Rows = { from: whole.from.bind(whole), rpc: whole.rpc.bind(whole) };
    const supabase = what === "from and rpc alone" ? part : whole;
    await using flowith = new Flowith({ ...addresses(), token: user.token, supabase });
    expect((await flowith.auth.user()).id).toBe(user.id);
    expect(await flowith.presence.count()).toEqual(expect.any(Number));
    // The rows go out as the other user, who must not write for this one.
    await expect(flowith.generate("Hello")).rejects.toMatchObject({ name: "PermissionError", status: 403 });
  });

  it("fits whichever of the two it is", () => {
    expectTypeOf<SupabaseClient<Database>>().toExtend<FlowithOptions["supabase"]>();
    expectTypeOf<Pick<SupabaseClient<Database>, "from">>().not.toExtend<FlowithOptions["supabase"]>();
  });

  it.each(["client", null, {}, { from: () => undefined }])("is refused where it is %j", (supabase) => {
    expect(() => new Flowith({ supabase: supabase as never })).toThrow('option "supabase"');
  });

  it("is no reason to take options that are none", () => {
    expect(() => new Flowith(null as never)).toThrow("Flowith: options must be an object");
  });
});

import { DEFAULT_ADDRESSES } from "flowith-webapi";
import { expect, it } from "vitest";
import { ownAddresses } from "./addresses.ts";

it("are not a profile's own, with or without a slash at the end", () => {
  const { edgeUrl, supabaseKey } = DEFAULT_ADDRESSES;
  expect(ownAddresses({ edgeUrl: `${edgeUrl}/`, supabaseKey, supabaseUrl: "http://127.0.0.1:1" })).toEqual({
    supabaseUrl: "http://127.0.0.1:1",
  });
});

import { expect, it } from "vitest";
import { CLIENT_DEFAULTS } from "../../../core/src/client/client-defaults.ts";
import { DEFAULT_ADDRESSES, ownAddresses } from "./default-addresses.ts";

it("are those of the SDK", () => {
  expect(CLIENT_DEFAULTS).toMatchObject(DEFAULT_ADDRESSES);
});

it("are not a profile's own, with or without a slash at the end", () => {
  const { edgeUrl, supabaseKey } = DEFAULT_ADDRESSES;
  expect(ownAddresses({ edgeUrl: `${edgeUrl}/`, supabaseKey, supabaseUrl: "http://127.0.0.1:1" })).toEqual({
    supabaseUrl: "http://127.0.0.1:1",
  });
});

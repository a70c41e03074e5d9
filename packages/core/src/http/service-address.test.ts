import { describe, expect, it } from "vitest";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { serviceAddress } from "./service-address.ts";

const plain = { edgeUrl: "https://edge.test", supabaseUrl: "https://rows.test/", supabaseKey: "key" };
/** Both on one host, each under a path. */
const shared = { edgeUrl: "https://proxy.test/edge/", supabaseUrl: "https://proxy.test/rows", supabaseKey: "key" };

describe("an address of the service's", () => {
  it.each([
    ["https://rows.test/rest/v1/conversation?select=*", "rows"],
    ["https://rows.test/storage/v1/object/a%2Fb.png", "rows"],
    ["https://rows.test/functions/v1", "rows"],
    ["https://rows.test/realtime/v1/api/broadcast", "rows"],
    ["https://rows.test/auth/v1/user", "auth"],
    ["HTTPS://Rows.Test:443/rest/v1/a", "rows"],
    ["https://rows.test/other/../rest/v1/a", "rows"],
    ["https://edge.test/user/credits", "edge"],
    ["https://edge.test", "edge"],
    [new URL("https://edge.test/models#top"), "edge"],
  ])("is %s", (input, kind) => {
    expect(serviceAddress(input, plain)).toEqual({ url: new URL(input), kind });
  });

  it.each([
    ["https://proxy.test/rows/rest/v1/a", "rows"],
    ["https://proxy.test/edge/models", "edge"],
    ["https://proxy.test/edge", "edge"],
  ])("is %s, where they lie under paths of one host", (input, kind) => {
    expect(serviceAddress(input, shared).kind).toBe(kind);
  });
});

describe("an address that the token must not go to", () => {
  it.each([
    "https://rows.test.evil.test/rest/v1/a",
    "https://evil.test/rest/v1/a",
    "https://rows.test@evil.test/rest/v1/a",
    "https://user:pass@rows.test/rest/v1/a",
    "https://user@edge.test/models",
    "http://rows.test/rest/v1/a",
    "https://rows.test:8443/rest/v1/a",
    "https://rows.test/rest/v1evil",
    "https://rows.test/rest/v10/a",
    "https://rows.test/REST/v1/a",
    "https://rows.test/rest/v1/../../admin",
    "https://rows.test/rest/v1/%2e%2e/%2E%2E/admin",
    "https://rows.test/rest/v1/..%2f..%2fadmin",
    "https://rows.test/rest/v1/..%5C..%5cadmin",
    "https://rows.test/",
    "blob:https://edge.test/7b0a",
    "//edge.test/models",
    "/rest/v1/a",
    "rest/v1/a",
    "",
  ])("is %s", (input) => {
    expect(() => serviceAddress(input, plain)).toThrow(InvalidArgumentError);
  });

  it.each([
    "https://proxy.test/edgelike/models",
    "https://proxy.test/rest/v1/a",
    "https://proxy.test/edge/../admin",
    "https://proxy.test/rows/other/v1",
  ])("is %s, where they lie under paths of one host", (input) => {
    expect(() => serviceAddress(input, shared)).toThrow(InvalidArgumentError);
  });

  it.each([undefined, null, 7, {}, new Request("https://edge.test/models")])("is %s, which is no address", (input) => {
    expect(() => serviceAddress(input, plain)).toThrow("must be a string or a URL");
  });

  it("is not shown", () => {
    expect(() => serviceAddress("https://user:secret@edge.test/", plain)).toThrow(/^(?!.*secret)/);
  });
});

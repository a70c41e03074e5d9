import { expect, it, vi } from "vitest";
import { readResponse } from "./read-response.ts";

it("is a Response with status, headers and what was read", async () => {
  const text = '{"a":"Łódź"}';
  const init = { status: 201, statusText: "Created", headers: { "x-mine": "1" } };
  const response = readResponse(text, init);
  expect(response).toBeInstanceOf(Response);
  expect(response).toMatchObject({ ok: true, status: 201, statusText: "Created" });
  expect(response.headers.get("x-mine")).toBe("1");
  expect(await response.text()).toBe(text);
  expect(await response.json()).toEqual({ a: "Łódź" });
});

it("is one too where the global Response has methods that cannot be assigned, as a server framework's has", async () => {
  class OtherResponse extends Response {}
  const text = { value: async () => "the framework's" };
  Object.defineProperties(OtherResponse.prototype, { text, json: text });
  vi.stubGlobal("Response", OtherResponse);
  try {
    const response = readResponse('{"a":1}', { status: 200 });
    expect([await response.text(), await response.json()]).toEqual(['{"a":1}', { a: 1 }]);
  } finally {
    vi.unstubAllGlobals();
  }
});

import { expect, it } from "vitest";
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

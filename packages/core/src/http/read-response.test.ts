import { describe, expect, it } from "vitest";
import { ReadResponse } from "./read-response.ts";

const text = '{"a":"Łódź"}';
const init = { status: 201, statusText: "Created", headers: { "content-type": "application/json", "x-mine": "1" } };
const pair = (): [Response, Response] => [new ReadResponse(text, init), new Response(text, init)];

const readings: Record<string, (response: Response) => Promise<unknown>> = {
  text: (response) => response.text(),
  json: (response) => response.json(),
  bytes: async (response) => [...new Uint8Array(await response.arrayBuffer())],
  clone: async (response) => [await response.clone().text(), await response.text()],
  body: async (response) => [await new Response(response.body).text(), response.bodyUsed],
};

describe("a Response that was read", () => {
  it("is one, with status and headers", () => {
    const [ours, platforms] = pair();
    for (const response of [ours, platforms]) {
      expect(response).toBeInstanceOf(Response);
      expect([response.ok, response.status, response.statusText, response.bodyUsed]).toEqual([
        true,
        201,
        "Created",
        false,
      ]);
      expect(response.headers.get("x-mine")).toBe("1");
    }
  });

  it.each(["text", "json", "bytes", "clone", "body"])("gives the same %s as the platform's, once", async (name) => {
    const read = readings[name];
    for (const other of ["text", "json", "bytes", "clone", "body"]) {
      const [ours, platforms] = pair();
      expect(await read?.(ours)).toEqual(await read?.(platforms));
      expect(ours.bodyUsed).toBe(true);
      expect(platforms.bodyUsed).toBe(true);
      await expect(Promise.resolve(ours).then(readings[other])).rejects.toThrow();
    }
  });
});

import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { hasParts, webBody } from "./web-body.ts";

/** An answer as another `fetch` makes it. */
function foreign(fields: object): Response {
  return Object.assign(Object.create({ headers: new Headers(), status: 200, ok: true }), fields);
}

const text = (response: Response): Promise<string> => new Response(webBody(response, "GET /a")).text();

it("is the response's own where that is a web stream", async () => {
  const response = new Response("meow");
  expect(webBody(response, "GET /a")).toBe(response.body);
  expect(await text(new Response(null))).toBe("");
  expect(hasParts(new Response("meow"))).toBe(true);
});

it("reads a Node stream, and what has no body but can be read whole", async () => {
  const node = foreign({ body: Readable.from([Buffer.from("me"), Buffer.from("ow")]) });
  expect(hasParts(node)).toBe(true);
  expect(await text(node)).toBe("meow");
  for (const body of [undefined, { _data: "meow" }]) {
    const whole = foreign({ body, arrayBuffer: async () => new TextEncoder().encode("meow").buffer });
    expect(hasParts(whole)).toBe(false);
    expect(await text(whole)).toBe("meow");
  }
});

it("ends a Node stream that is not read to its end", async () => {
  const body = Readable.from([Buffer.from("me"), Buffer.from("ow")]);
  const reader = webBody(foreign({ body }), "GET /a").getReader();
  await reader.read();
  await reader.cancel();
  expect(body.destroyed).toBe(true);
});

it("says so where there is nothing to read, or no bytes come", async () => {
  await expect(text(foreign({}))).rejects.toMatchObject({ name: "ResponseShapeError" });
  const words = foreign({ body: Readable.from(["me", "ow"]) });
  await expect(text(words)).rejects.toMatchObject({ name: "ResponseShapeError" });
});

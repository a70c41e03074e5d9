import { expect, it } from "vitest";
import type { MediaSaver } from "../media/save-port.ts";
import { answeredWith, failure } from "./testing/answered-with.ts";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";
const url = `data:image/png;base64,${PNG}`;

it("gives and saves a picture that came in its answer, and fetches nothing", async () => {
  const saved: unknown[] = [];
  const saver: MediaSaver = {
    async save(open, target) {
      const { url: address, headers, body } = await open();
      const { size } = await new Response(body).blob();
      saved.push([target, address, headers.get("content-type"), size]);
      return { location: "a.png", sizeBytes: size, mimeType: "image/png" };
    },
  };
  const { client, sent } = answeredWith({ url }, {}, saver);
  const { image, imageUrl } = await client.generateImage("A cat");
  expect([imageUrl, image.url]).toEqual([url, url]);
  const bytes = await image.bytes();
  expect([...bytes.subarray(1, 4)]).toEqual([...new TextEncoder().encode("PNG")]);
  expect(await new Response(await image.stream()).bytes()).toEqual(bytes);
  expect(await image.blob()).toMatchObject({ size: bytes.length, type: "image/png" });
  expect(await image.save("pictures")).toMatchObject({ sizeBytes: bytes.length });
  expect(saved).toEqual([["pictures", "https://data.invalid/file", "image/png", bytes.length]]);
  expect(sent).toHaveLength(1);
  const controller = new AbortController();
  controller.abort();
  for (const call of [image.bytes, image.stream, image.blob])
    expect(await failure(call({ signal: controller.signal }))).toMatchObject({ name: "AbortError" });
});

it.each([
  "/files/a.png",
  "files/a.png",
  "//files.example/a.png",
  "data:image/png;base64,***",
  "data:text/html,x",
  "ftp://a/b",
])("refuses a picture at %s at once, with what the service said", async (odd) => {
  const answer = { url: odd, cost: 1 };
  const error = await failure(answeredWith(answer).client.generateImage("A cat"));
  expect(error).toMatchObject({
    name: "ResponseShapeError",
    raw: answer,
    message: expect.stringContaining("paid for"),
  });
});

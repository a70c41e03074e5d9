import { expect, it } from "vitest";
import { FileSaveError } from "../errors/file-save-error.ts";
import type { MediaSaver } from "../media/save-port.ts";
import { answeredWith, event, failure, piece } from "./testing/answered-with.ts";

const aborted = { name: "AbortError", message: "The client was closed." };

it("ends the wait for a task between two questions, and asks no more", async () => {
  const { client, sent } = answeredWith({ status: "processing" });
  const task = client.resume({ v: 1, kind: "video", taskId: "5", model: "m", createdAtMs: 0 });
  let asked = (): void => undefined;
  const first = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const ended = failure(task.wait({ everyMs: 60_000, onProgress: asked }));
  await first;
  client.close();
  expect(await ended).toMatchObject(aborted);
  expect(sent).toHaveLength(1);
});

it("posts no question that waits for its turn", async () => {
  const sent: unknown[] = [];
  const fetch = async (_url: unknown, init?: RequestInit): Promise<Response> => {
    sent.push(init?.body);
    return new Response(new ReadableStream());
  };
  const { client } = answeredWith({}, { fetch });
  const session = client.knowledge.startSession();
  const ended = ["1", "2", "3"].map((question) => failure(session.ask(question)));
  client.close();
  for (const error of await Promise.all(ended)) expect(error).toMatchObject(aborted);
  expect(sent.length).toBeLessThan(2);
  expect(session.messages).toEqual([]);
});

/** As every platform saves: what goes wrong is the target's fault, as far as it can tell. */
const saver: MediaSaver = {
  async save(open) {
    try {
      await new Response((await open()).body).blob();
      return { location: "a", sizeBytes: 1, mimeType: "image/png" };
    } catch (cause) {
      throw new FileSaveError("save: the file could not be written.", { cause });
    }
  },
};

it("ends a save", async () => {
  let opened = (): void => undefined;
  const first = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const fetch = async (url: string | URL | Request): Promise<Response> => {
    if (String(url).includes("generate")) return Response.json({ url: "https://files.example/a.png" });
    opened();
    return new Response(new ReadableStream(), { headers: { "content-type": "image/png" } });
  };
  const { client } = answeredWith({}, { fetch }, saver);
  const { image } = await client.generateImage("A cat");
  const ended = failure(image.save("a"));
  await first;
  client.close();
  expect(await ended).toMatchObject(aborted);
  expect(await failure(image.save("a", Object({ signal: "x" })))).toMatchObject({ name: "InvalidArgumentError" });
});

it.each(["the caller's signal", "the client"])(
  "gives no more chunks after an abort inside of the loop: %s",
  async (by) => {
    const texts = ["a", "b", "c"].map((content) => piece({ content })).join("");
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(texts)),
    });
    const controller = new AbortController();
    const { client } = answeredWith(body);
    const stream = client.chatStream("Hi", { signal: controller.signal });
    const seen: string[] = [];
    const error = await failure(
      (async () => {
        for await (const { textDelta } of stream) {
          seen.push(textDelta);
          if (by === "the client") client.close();
          else controller.abort(new DOMException("The client was closed.", "AbortError"));
        }
      })(),
    );
    expect(seen).toEqual(["a"]);
    expect(error).toMatchObject(aborted);
  },
);

it("gives no more of a whole answer either that was read ahead", async () => {
  const body = `${event({ tag: "final", content: "a" })}${event({ tag: "final", content: "b" })}data: [DONE]\n`;
  const controller = new AbortController();
  const stream = answeredWith(body).client.knowledge.searchStream("Hi?", { signal: controller.signal });
  await stream.output;
  controller.abort();
  expect(await failure((async () => (await stream[Symbol.asyncIterator]().next()).value)())).toMatchObject({
    name: "AbortError",
  });
});

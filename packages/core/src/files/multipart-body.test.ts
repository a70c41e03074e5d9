import { describe, expect, it } from "vitest";
import { multipartFrame, multipartStream } from "./multipart-body.ts";
import { SourceReader } from "./source-reader.ts";

const fields = { filename: "cat.png", mimeType: "image/png", fileType: "png" };
const quiet = { inspect: () => undefined, onError: () => undefined };

/** Gives these parts, and tells what was done to it. */
function content(parts: readonly string[], failure?: Error) {
  const state = { pulls: 0, cancelledWith: undefined as unknown, isCancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const part = parts[state.pulls++];
        if (part !== undefined) controller.enqueue(new TextEncoder().encode(part));
        else if (failure !== undefined) controller.error(failure);
        else controller.close();
      },
      cancel(reason) {
        state.isCancelled = true;
        state.cancelledWith = reason;
      },
    },
    { highWaterMark: 0 },
  );
  return { source: new SourceReader(stream.getReader(), { label: "test" }), state };
}

describe("a multipart body", () => {
  it.each([
    "cat.png",
    'the "best" cat.png',
    "two\r\nlines.txt",
    "Ödön 京 🐉.pdf",
    "a;b=c.bin",
    "back\\slash.bin",
    "100%22 sure.bin",
  ])("is read by a form parser: a file of the name %j", async (filename) => {
    const frame = multipartFrame({ ...fields, filename });
    const { stream } = multipartStream(frame, content(["first ", "last"]).source, quiet);
    const form = await new Response(stream, { headers: { "content-type": frame.contentType } }).formData();
    const file = form.get("file");
    if (!(file instanceof File)) throw new Error("There is no file in it.");
    // Parsers undo what the standard escapes, which the name's own "%22" cannot be told from.
    expect(file.name).toBe(filename.replace("%22", '"'));
    expect(file.type).toBe("image/png");
    expect(await file.text()).toBe("first last");
    expect(form.get("type")).toBe("png");
  });

  it("holds a file whose bytes look like a boundary", async () => {
    const frame = multipartFrame(fields);
    const text = "--flowith-\r\n--\r\n\r\n----";
    const { stream } = multipartStream(frame, content([text]).source, quiet);
    const form = await new Response(stream, { headers: { "content-type": frame.contentType } }).formData();
    expect(await (form.get("file") as File).text()).toBe(text);
  });

  it("reads nothing ahead of who reads it", async () => {
    const { source, state } = content(["a", "b", "c"]);
    const reader = multipartStream(multipartFrame(fields), source, quiet).stream.getReader();
    await reader.read();
    expect(state.pulls).toBe(0);
    await reader.read();
    expect(state.pulls).toBe(1);
    await new Promise((resolve) => setTimeout(resolve));
    expect(state.pulls).toBe(1);
  });

  it("cancels its content when it is cancelled, and when it is stopped", async () => {
    const reason = new Error("enough");
    const first = content(["a", "b"]);
    await multipartStream(multipartFrame(fields), first.source, quiet).stream.cancel(reason);
    expect(first.state.cancelledWith).toBe(reason);
    const second = content(["a", "b"]);
    const { stream, stop } = multipartStream(multipartFrame(fields), second.source, quiet);
    stop(reason);
    await expect(stream.getReader().read()).rejects.toBe(reason);
    expect(second.state.cancelledWith).toBe(reason);
  });

  it("ends without its closing boundary when its content fails, and says with what", async () => {
    const failure = new Error("the disk is gone");
    const told: unknown[] = [];
    const { stream } = multipartStream(multipartFrame(fields), content(["a"], failure).source, {
      inspect: () => undefined,
      onError: (error) => told.push(error),
    });
    await expect(new Response(stream).text()).rejects.toBe(failure);
    expect(told).toEqual([failure]);
  });

  it("is cut where its inspector refuses a part, which does not go out", async () => {
    const refusal = new Error("too large");
    const { source, state } = content(["a", "b", "c"]);
    const { stream } = multipartStream(multipartFrame(fields), source, {
      inspect: () => {
        if (state.pulls === 2) throw refusal;
      },
      onError: () => undefined,
    });
    const reader = stream.getReader();
    const sent: string[] = [];
    const end = (async () => {
      for (;;) sent.push(new TextDecoder().decode((await reader.read()).value));
    })();
    await expect(end).rejects.toBe(refusal);
    expect(sent.slice(1)).toEqual(["a"]);
    expect(state.isCancelled).toBe(true);
  });
});

import { expect, it } from "vitest";
import { readBytes } from "./read-bytes.ts";

function requestOf(pieces: number, onEnd: () => void = () => {}): Request {
  let left = pieces;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      left -= 1;
      if (left >= 0) return controller.enqueue(new Uint8Array(10));
      onEnd();
      controller.close();
    },
  });
  const init = { method: "POST", body, duplex: "half" } as const;
  return new Request("http://emulator.test", init);
}

it("gives a body that is as long as is allowed, and none where there is none", async () => {
  expect((await readBytes(requestOf(3), 30))?.length).toBe(30);
  expect((await readBytes(new Request("http://emulator.test"), 30))?.length).toBe(0);
});

it("reads a longer one to its end, so that its sender comes to the answer", async () => {
  let isRead = false;
  const request = requestOf(4, () => {
    isRead = true;
  });
  expect(await readBytes(request, 30)).toBeUndefined();
  expect(isRead).toBe(true);
});

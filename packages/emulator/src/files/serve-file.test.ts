import { expect, it } from "vitest";
import { createFileStore } from "./file-store.ts";
import { serveFile } from "./serve-file.ts";

const files = createFileStore(() => "http://files.test");
const put = (name: string): string =>
  files.put({ name, contentType: "text/plain", bytes: new TextEncoder().encode("0123456789") });
const url = put("digits.txt");

it.each([
  ["bytes=2-4", 206, "234", "bytes 2-4/10"],
  ["bytes=7-", 206, "789", "bytes 7-9/10"],
  ["bytes=8-99", 206, "89", "bytes 8-9/10"],
  ["bytes=-3", 206, "789", "bytes 7-9/10"],
  ["bytes=-99", 206, "0123456789", "bytes 0-9/10"],
  ["bytes=10-", 416, "", "bytes */10"],
  ["bytes=-0", 416, "", "bytes */10"],
  ["bytes=5-2", 200, "0123456789", null],
  ["bytes=0-1,4-5", 200, "0123456789", null],
  ["bytes=-", 200, "0123456789", null],
  ["items=0-1", 200, "0123456789", null],
])("answers a range of %s with %i", async (range, status, text, contentRange) => {
  const answer = serveFile(new Request(url, { headers: { range } }), files);
  expect([answer.status, await answer.text(), answer.headers.get("content-range")]).toEqual([
    status,
    text,
    contentRange,
  ]);
});

it("is not asked to change a file", () => {
  expect(serveFile(new Request(url, { method: "DELETE" }), files).status).toBe(501);
});

it.each(["..", ".", "a;b*.txt", "灯泡 #1?.jpeg", "a/../b.txt", "100%.txt", 'a"b.txt'])(
  "serves a file named %s at the address that it gave",
  async (name) => {
    expect(await serveFile(new Request(put(name)), files).text()).toBe("0123456789");
  },
);

import { expect, it } from "vitest";
import { dataOfUrl } from "./data-url.ts";

it.each([
  ["data:,a%20b+c", "text/plain;charset=US-ASCII", "a b+c"],
  ["data:;charset=utf-8,x", "text/plain;charset=utf-8", "x"],
  ["data:text/html,100%25 %zz %4", "text/html", "100% %zz %4"],
  ["data:image/svg+xml,<svg fill='a'/>#end", "image/svg+xml", "<svg fill='a'/>"],
  ["data:text/plain;base64,aGVs bG8%3D", "text/plain", "hello"],
  ["DATA:text/plain ; BASE64,aGVsbG8", "text/plain ", "hello"],
  ["data:text/plain;base64;x=1,aGVsbG8", "text/plain;base64;x=1", "aGVsbG8"],
  ["data:image/png;base64,", "image/png", ""],
])("reads %s", (url, mimeType, text) => {
  const { bytes, ...data } = dataOfUrl(url, "uploadFile");
  expect(data).toEqual({ mimeType });
  expect(new TextDecoder().decode(bytes)).toBe(text);
});

it("reads as fetch does", async () => {
  for (const url of ["data:,a%00%ff%e4\n b", "data:x/y;base64,AAEC/w==", "data:a/b;c=d,京%20é?q"]) {
    const expected = new Uint8Array(await (await fetch(url)).arrayBuffer());
    expect(dataOfUrl(new URL(url).href, "uploadFile").bytes).toEqual(expected);
  }
});

it.each(["data:image/png;base64", "data:x/y;base64,a*", "data:x/y;base64,aaaaa"])("refuses %s", (url) => {
  expect(() => dataOfUrl(url, "uploadFile")).toThrowError(expect.objectContaining({ name: "InvalidArgumentError" }));
});

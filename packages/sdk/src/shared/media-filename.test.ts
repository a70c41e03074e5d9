import { describe, expect, it } from "vitest";
import { mediaFilename } from "./media-filename.ts";

function name(url: string, headers: Record<string, string> = {}, wished?: string): string {
  return mediaFilename({ url, headers: new Headers(headers), body: new ReadableStream() }, wished);
}

describe("mediaFilename", () => {
  it.each([
    ["https://x/a/cat.png", "cat.png"],
    ["https://x/a/caf%C3%A9%20au%20lait.jpg?w=1", "café au lait.jpg"],
    ["https://x/a/..%2F..%2Fetc%2Fpasswd", "passwd.png"],
    ["https://x/%2e%2e", "file.png"],
    ["https://x/", "file.png"],
    ["https://x/CON.png", "CON_.png"],
    ["https://x/picture@512x512_index_0", "picture@512x512_index_0.png"],
    ["https://x/%E0%A4%A", "%E0%A4%A.png"],
    ["https://x/.hidden", "hidden.png"],
  ])("%s is saved as %s", (url, expected) => {
    expect(name(url, { "content-type": "image/png" })).toBe(expected);
  });

  it("stays one plain name of a length that every file system takes", () => {
    const result = name(`https://x/${"long".repeat(100)}.png`);
    expect(result).toMatch(/^(long)+\.png$/);
    expect(result.length).toBeLessThan(210);
    const wide = name(`https://x/${encodeURIComponent("京".repeat(300))}.png`);
    expect(wide).toMatch(/^京+\.png$/);
    expect(new TextEncoder().encode(wide).byteLength).toBeLessThan(210);
  });

  it("prefers the caller's name, then the header's", () => {
    const headers = { "content-disposition": "attachment; filename*=UTF-8''na%C3%AFve.png" };
    expect(name("https://x/y.png", headers)).toBe("naïve.png");
    expect(name("https://x/y.png", headers, "mine.webp")).toBe("mine.webp");
    expect(name("https://x/y.png", headers, "../../mine.webp")).toBe("mine.webp");
  });
});

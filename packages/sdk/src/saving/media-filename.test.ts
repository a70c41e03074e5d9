import { describe, expect, it } from "vitest";
import { mediaFilename } from "./media-filename.ts";

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff);

function name(url: string, headers: Record<string, string> = {}, requested?: string, firstBytes = jpeg): string {
  return mediaFilename({ url, headers: new Headers(headers) }, requested, firstBytes);
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
    ["https://x/../../up.png", "up.png"],
    ["https://x/%2e%2e%5c%2e%2e%5cup.png", "up.png"],
    ["https://x/C%3A%5CWindows%5Csystem.ini", "system.ini.png"],
    ["https://x/nul", "nul_.png"],
    ["https://x/lpt1.txt", "lpt1_.txt.png"],
    ["https://x/ends%20in%20dots...", "ends in dots.png"],
    ["https://x/a%00b%0Ac.png", "a_b c.png"],
    ["https://x/what%3F*.png", "what_.png"],
    ["https://x/folder/", "file.png"],
    ["https://x/x.exe", "x.exe.png"],
    ["https://x/desktop.ini", "desktop.ini.png"],
    ["https://x/photo.webp", "photo.webp.png"],
    ["https://x/PHOTO.PNG", "PHOTO.PNG"],
    ["https://x/-rf.png", "rf.png"],
    ["https://x/.-.con.png", "con_.png"],
    ["https://x/gnp%E2%80%AE.exe", "gnp_.exe.png"],
    ["https://x/image-v1.5", "image-v1.5.png"],
    ["https://x/2026.09.30", "2026.09.30.png"],
    ["https://x/clip.7z", "clip.7z.png"],
  ])("%s is saved as %s", (url, expected) => {
    expect(name(url, { "content-type": "image/png" })).toBe(expected);
  });

  it.each([
    ["image/webp", "picture.webp"],
    ["image/webp; charset=binary", "picture.webp"],
    ["application/octet-stream", "picture.jpg"],
    ["binary/octet-stream", "picture.jpg"],
    ["", "picture.jpg"],
    ["application/x-unheard-of", "picture.jpg"],
  ])("has the extension of its content type, else that of its first bytes: %s", (type, expected) => {
    expect(name("https://x/picture", { "content-type": type })).toBe(expected);
  });

  it("is the caller's own, whatever the file is", () => {
    const png = { "content-type": "image/png" };
    expect(name("https://x/y", png, "mine.jpg")).toBe("mine.jpg");
    expect(name("https://x/y", png, "flux 1.1")).toBe("flux 1.1.png");
    expect(name("https://x/y", png, "Desktop.ini")).toBe("_Desktop.ini");
    expect(name("https://x/y", png, "a".repeat(300))).toBe(`${"a".repeat(200)}.png`);
  });

  it("keeps an extension that says more than the type, or as much in other letters", () => {
    expect(name("https://x/notes.md", { "content-type": "text/plain" }, undefined, new Uint8Array())).toBe("notes.md");
    expect(name("https://x/a.jfif", { "content-type": "image/jpeg" })).toBe("a.jfif");
    expect(name("https://x/a.jpg", { "content-type": "image/png" })).toBe("a.jpg");
    expect(name("https://x/a.exe", {})).toBe("a.exe.jpg");
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

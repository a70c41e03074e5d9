import { describe, expect, it } from "vitest";
import { mimeTypeOfBytes, SIGNATURE_BYTES } from "./file-signatures.ts";

function bytes(...parts: (string | number[])[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)),
  );
}

describe("mimeTypeOfBytes", () => {
  it.each([
    ["image/png", bytes([0x89], "PNG\r\n", [0x1a, 0x0a, 0, 0])],
    ["image/jpeg", bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0x10], "JFIF")],
    ["image/gif", bytes("GIF89a", [1, 0])],
    ["image/webp", bytes("RIFF", [9, 9, 9, 9], "WEBPVP8 ")],
    ["audio/wav", bytes("RIFF", [9, 9, 9, 9], "WAVEfmt ")],
    ["image/avif", bytes([0, 0, 0, 0x20], "ftypavif")],
    ["video/mp4", bytes([0, 0, 0, 0x20], "ftypisom")],
    ["video/quicktime", bytes([0, 0, 0, 0x14], "ftypqt  ")],
    ["video/webm", bytes([0x1a, 0x45, 0xdf, 0xa3, 1, 0])],
    ["application/pdf", bytes("%PDF-1.7")],
    ["application/zip", bytes("PK", [3, 4, 20, 0])],
    ["audio/mpeg", bytes("ID3", [4, 0])],
  ])("knows %s by its first bytes", (mimeType, start) => {
    expect(mimeTypeOfBytes(start)).toBe(mimeType);
    expect(start.subarray(0, SIGNATURE_BYTES).byteLength).toBeLessThanOrEqual(SIGNATURE_BYTES);
  });

  it.each([
    ["nothing", bytes()],
    ["a text", bytes("Dragons like cinnamon.")],
    ["half a signature", bytes([0x89], "PN")],
    ["a RIFF file of another kind", bytes("RIFF", [9, 9, 9, 9], "AVI LIST")],
  ])("does not guess at %s", (_what, start) => {
    expect(mimeTypeOfBytes(start)).toBeUndefined();
  });
});

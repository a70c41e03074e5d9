/** What files of a type begin with: a letter a byte, `.` for any; several alternatives. */
const signatures: readonly (readonly [mimeType: string, ...starts: string[]])[] = [
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/gif", "GIF87a", "GIF89a"],
  ["image/webp", "RIFF....WEBP"],
  ["image/avif", "....ftypavif"],
  ["image/heic", "....ftypheic"],
  ["application/pdf", "%PDF-"],
  // Office documents are zip files as well, which their first bytes do not tell.
  ["application/zip", "PK\x03\x04", "PK\x05\x06"],
  ["application/gzip", "\x1f\x8b\x08"],
  ["video/quicktime", "....ftypqt"],
  ["audio/mp4", "....ftypM4A"],
  ["video/mp4", "....ftyp"],
  ["video/webm", "\x1aE\xdf\xa3"],
  ["audio/mpeg", "ID3", "\xff\xfb", "\xff\xf3", "\xff\xf2"],
  ["audio/wav", "RIFF....WAVE"],
  ["audio/ogg", "OggS"],
  ["audio/flac", "fLaC"],
  ["model/gltf-binary", "glTF"],
];

/** How many bytes the longest signature looks at. */
export const SIGNATURE_BYTES = 12;

/**
 * The MIME type that the first bytes of a file tell; undefined where they tell nothing, as those of a text.
 * @example
 * const { image } = await flowith.generateImage("A ripe banana");
 * const mimeType = mimeTypeOfBytes(await image.bytes()); // "image/png"
 */
export function mimeTypeOfBytes(firstBytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...firstBytes.subarray(0, SIGNATURE_BYTES));
  return signatures.find(([, ...starts]) => starts.some((pattern) => beginsWith(start, pattern)))?.[0];
}

function beginsWith(start: string, pattern: string): boolean {
  if (start.length < pattern.length) return false;
  return [...pattern].every((letter, place) => letter === "." || letter === start[place]);
}

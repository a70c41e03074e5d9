/** What files of a type begin with: bytes as hexadecimal, `..` for any; several alternatives. */
const signatures: readonly (readonly [mimeType: string, ...starts: string[]])[] = [
  ["image/png", "89504e470d0a1a0a"],
  ["image/jpeg", "ffd8ff"],
  ["image/gif", "474946383761", "474946383961"],
  ["image/webp", "52494646........57454250"],
  ["image/avif", "........6674797061766966"],
  ["image/heic", "........6674797068656963"],
  ["application/pdf", "255044462d"],
  // Office documents are zip files as well, which their first bytes do not tell.
  ["application/zip", "504b0304", "504b0506"],
  ["application/gzip", "1f8b08"],
  ["video/quicktime", "........667479707174"],
  ["audio/mp4", "........667479704d3441"],
  ["video/mp4", "........66747970"],
  ["video/webm", "1a45dfa3"],
  ["audio/mpeg", "494433", "fffb", "fff3", "fff2"],
  ["audio/wav", "52494646........57415645"],
  ["audio/ogg", "4f676753"],
  ["audio/flac", "664c6143"],
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
  const start = Array.from(firstBytes.subarray(0, SIGNATURE_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
  return signatures.find(([, ...starts]) => starts.some((pattern) => beginsWith(start, pattern)))?.[0];
}

function beginsWith(start: string, pattern: string): boolean {
  if (start.length < pattern.length) return false;
  return [...pattern].every((digit, place) => digit === "." || digit === start[place]);
}

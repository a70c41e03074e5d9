import { InvalidArgumentError } from "@ai-sdk/provider";

/**
 * Bytes as they are, or of base64, in either alphabet.
 * @throws InvalidArgumentError for a text that is none
 */
export function toBytes(data: Uint8Array | string): Uint8Array<ArrayBuffer> {
  if (typeof data !== "string") return new Uint8Array(data);
  return Uint8Array.from(binaryOf(data), (character) => character.charCodeAt(0));
}

function binaryOf(base64: string): string {
  try {
    return atob(base64.replaceAll("-", "+").replaceAll("_", "/"));
  } catch (cause) {
    const message =
      'The data of the file is no base64. Pass its bytes, their base64, or of a text { type: "text", text }.';
    throw new InvalidArgumentError({ argument: "data", message, cause });
  }
}

export function toBase64(data: Uint8Array | string): string {
  if (typeof data === "string") return data;
  let binary = "";
  // In pieces: a call takes no million arguments.
  for (let at = 0; at < data.length; at += 0x8000) binary += String.fromCharCode(...data.subarray(at, at + 0x8000));
  return btoa(binary);
}

import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";

/** What a `data:` URL holds. */
export interface DataOfUrl {
  mimeType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Reads a `data:` URL (Fetch, "data: URL processor"). Not by `fetch`, which the content security policies of many pages
 * keep from such URLs.
 * @param label what it is read for, for errors
 * @throws InvalidArgumentError that does not show it
 */
export function dataOfUrl(url: string, label: string): DataOfUrl {
  const comma = url.indexOf(",");
  if (comma === -1) throw new InvalidArgumentError(`${label}: the data: URL has no comma, so it holds no data.`);
  const told = url.slice("data:".length, comma).trim();
  const mimeType = told.replace(/;\s*base64$/i, "");
  const [data = ""] = url.slice(comma + 1).split("#", 1);
  const bytes = percentDecoded(data);
  return {
    mimeType:
      mimeType === "" ? "text/plain;charset=US-ASCII" : mimeType.startsWith(";") ? `text/plain${mimeType}` : mimeType,
    bytes: mimeType === told ? bytes : base64Decoded(new TextDecoder("latin1").decode(bytes), label),
  };
}

function base64Decoded(text: string, label: string): Uint8Array<ArrayBuffer> {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new InvalidArgumentError(`${label}: what the data: URL holds is no base64.`);
  }
  const bytes = new Uint8Array(binary.length);
  for (let place = 0; place < binary.length; place++) bytes[place] = binary.charCodeAt(place);
  return bytes;
}

function percentDecoded(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  let length = 0;
  for (let place = 0; place < bytes.length; place++) {
    const digits = bytes[place] === 0x25 ? String.fromCharCode(...bytes.subarray(place + 1, place + 3)) : "";
    const isEscape = /^[\da-f]{2}$/i.test(digits);
    bytes[length++] = isEscape ? Number.parseInt(digits, 16) : (bytes[place] ?? 0);
    if (isEscape) place += 2;
  }
  return bytes.slice(0, length);
}

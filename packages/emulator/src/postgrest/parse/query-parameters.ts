/** One `name=value`; `name` alone has no value. */
export interface QueryParameter {
  readonly name: string;
  readonly value: string;
}

export interface RawQueryParameter {
  readonly name: string;
  readonly value: string | undefined;
  /** The bytes, one character each: the canonical form encodes these once more. */
  readonly rawName: string;
  readonly rawValue: string;
}

/** Percent-decoding to bytes; what is no percentEscape stays as it is. */
function decodeToBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  const encoded = new TextEncoder().encode(text.replaceAll("+", " "));
  for (let index = 0; index < encoded.length; index += 1) {
    const byte = encoded[index] ?? 0;
    const digits = String.fromCharCode(encoded[index + 1] ?? 0, encoded[index + 2] ?? 0);
    if (byte === 0x25 && /^[0-9a-fA-F]{2}$/.test(digits)) {
      bytes.push(Number.parseInt(digits, 16));
      index += 2;
    } else {
      bytes.push(byte);
    }
  }
  return Uint8Array.from(bytes);
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

/** The semicolon separates parameters too. */
export function splitQuery(query: string): RawQueryParameter[] {
  return query
    .split(/[&;]/)
    .filter((part, index, parts) => part !== "" || index < parts.length - 1)
    .map((part) => {
      const equals = part.indexOf("=");
      const name = decodeToBytes(equals === -1 ? part : part.slice(0, equals));
      const value = equals === -1 ? undefined : decodeToBytes(part.slice(equals + 1));
      const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
      return {
        name: decoder.decode(name),
        value: value === undefined ? undefined : decoder.decode(value),
        rawName: latin1(name),
        rawValue: value === undefined ? "" : latin1(value),
      };
    });
}

/** Percent-encodes all but letters, digits and -_.~ */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Sorted by name; the values of one name are joined by commas. It is made from single bytes that pass for characters,
 * so what is not ASCII comes out encoded twice.
 */
export function canonicalQuery(parameters: readonly RawQueryParameter[]): string {
  const byName = new Map<string, string[]>();
  const sorted = [...parameters].sort((a, b) => (a.rawName < b.rawName ? -1 : a.rawName > b.rawName ? 1 : 0));
  for (const { rawName, rawValue } of sorted) {
    byName.set(rawName, [...(byName.get(rawName) ?? []), percentEncode(rawValue)]);
  }
  return [...byName].map(([name, values]) => `${percentEncode(name)}=${values.join(",")}`).join("&");
}

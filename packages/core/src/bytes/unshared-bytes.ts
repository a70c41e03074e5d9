/** Bytes as they are, but a copy of those in memory that is shared between threads: a Blob takes no view on it, nor does `fetch`. */
export function unsharedBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer instanceof ArrayBuffer ? new Uint8Array(buffer, byteOffset, byteLength) : new Uint8Array(bytes);
}

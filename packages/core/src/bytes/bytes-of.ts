/**
 * The bytes of a view or an ArrayBuffer, of any realm and none of them copied. Undefined for anything else, and for what
 * has lost its memory, as by `postMessage`.
 */
export function bytesOf(value: unknown): Uint8Array | undefined {
  try {
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return isBuffer(value) ? new Uint8Array(new DataView(value).buffer) : undefined;
  } catch {
    return undefined;
  }
}

/** By its tag, which others may carry as well: a DataView takes real ones only. */
function isBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}

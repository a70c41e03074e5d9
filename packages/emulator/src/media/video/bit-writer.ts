/** Writes bits and the variable-length codes of H.264 (ITU-T H.264, 9.1). */
export class BitWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  #current = 0;
  #filled = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
  }

  bits(value: number, count: number): void {
    for (let shift = count - 1; shift >= 0; shift -= 1) {
      this.#current = (this.#current << 1) | ((value >>> shift) & 1);
      this.#filled += 1;
      if (this.#filled === 8) this.#flush();
    }
  }

  /** ue(v) */
  unsigned(value: number): void {
    const code = value + 1;
    const length = 32 - Math.clz32(code);
    this.bits(0, length - 1);
    this.bits(code, length);
  }

  /** se(v) */
  signed(value: number): void {
    this.unsigned(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** Fills up to a whole byte with zeros. */
  align(): void {
    if (this.#filled > 0) this.bits(0, 8 - this.#filled);
  }

  /** Whole bytes; only where it is aligned. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** The stop bit and the zeros after it (7.3.2.11). */
  trailing(): Uint8Array {
    this.bits(1, 1);
    this.align();
    return this.#bytes.subarray(0, this.#length);
  }

  #flush(): void {
    this.#reserve(1);
    this.#bytes[this.#length] = this.#current;
    this.#length += 1;
    this.#current = 0;
    this.#filled = 0;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

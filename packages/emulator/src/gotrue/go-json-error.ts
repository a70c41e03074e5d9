/**
 * Where and why Go's JSON decoder gives up. Clients see these words in error messages, and no parser of
 * JavaScript says them. Call it for text that `JSON.parse` refused.
 */
export function describeJsonError(json: Uint8Array): string {
  // Go reads bytes: half of a two-byte character is a character of its own to it.
  return new Scanner(Array.from(json, (byte) => String.fromCharCode(byte)).join("")).run();
}

const endOfInput = "unexpected end of JSON input";

const withinToken = /literal \w|escape|numeric literal/;

class Failure extends Error {}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): string {
    try {
      this.#value();
      this.#space();
      if (this.#at < this.#text.length) this.#fail("after top-level value");
    } catch (error) {
      if (error instanceof Failure) return error.message;
      throw error;
    }
    return endOfInput;
  }

  #fail(where: string): never {
    const character = this.#peek();
    // At the end Go tries a space, and says so where a space is wrong.
    if (character === "" && !withinToken.test(where)) throw new Failure(endOfInput);
    throw new Failure(`invalid character ${quote(character === "" ? " " : character)} ${where}`);
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #space(): void {
    while (this.#peek() !== "" && " \t\r\n".includes(this.#peek())) this.#at++;
  }

  #value(): void {
    this.#space();
    const first = this.#peek();
    if (first === "{") this.#object();
    else if (first === "[") this.#array();
    else if (first === '"') this.#string();
    else if (first === "t") this.#literal("true");
    else if (first === "f") this.#literal("false");
    else if (first === "n") this.#literal("null");
    else if (first === "-" || isDigit(first)) this.#number();
    else this.#fail("looking for beginning of value");
  }

  /** Whether the character is next; if so it is read. */
  #accepts(character: string): boolean {
    const isNext = this.#peek() === character;
    if (isNext) this.#at++;
    return isNext;
  }

  #object(): void {
    this.#at++;
    this.#space();
    if (this.#accepts("}")) return;
    for (;;) {
      this.#space();
      if (this.#peek() !== '"') this.#fail("looking for beginning of object key string");
      this.#string();
      this.#space();
      if (!this.#accepts(":")) this.#fail("after object key");
      this.#value();
      this.#space();
      if (this.#accepts("}")) return;
      if (!this.#accepts(",")) this.#fail("after object key:value pair");
    }
  }

  #array(): void {
    this.#at++;
    this.#space();
    if (this.#accepts("]")) return;
    for (;;) {
      this.#value();
      this.#space();
      if (this.#accepts("]")) return;
      if (!this.#accepts(",")) this.#fail("after array element");
    }
  }

  #string(): void {
    this.#at++;
    for (;;) {
      const character = this.#peek();
      if (character === "" || character < " ") this.#fail("in string literal");
      this.#at++;
      if (character === '"') return;
      if (character === "\\") this.#escape();
    }
  }

  #escape(): void {
    const character = this.#peek();
    if (character === "" || !'bfnrt\\/"u'.includes(character)) this.#fail("in string escape code");
    this.#at++;
    if (character !== "u") return;
    for (let digits = 0; digits < 4; digits++) {
      if (!/^[0-9a-fA-F]$/.test(this.#peek())) this.#fail("in \\u hexadecimal character escape");
      this.#at++;
    }
  }

  #literal(word: string): void {
    for (const [index, expected] of [...word].entries()) {
      if (index > 0 && this.#peek() !== expected) this.#fail(`in literal ${word} (expecting ${quote(expected)})`);
      this.#at++;
    }
  }

  #number(): void {
    if (this.#peek() === "-") {
      this.#at++;
      if (!isDigit(this.#peek())) this.#fail("in numeric literal");
    }
    if (this.#peek() === "0") this.#at++;
    else this.#digits("in numeric literal");
    if (this.#peek() === ".") {
      this.#at++;
      this.#digits("after decimal point in numeric literal");
    }
    if (this.#peek() === "e" || this.#peek() === "E") {
      this.#at++;
      if (this.#peek() === "+" || this.#peek() === "-") this.#at++;
      this.#digits("in exponent of numeric literal");
    }
  }

  #digits(where: string): void {
    if (!isDigit(this.#peek())) this.#fail(where);
    while (isDigit(this.#peek())) this.#at++;
  }
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9" && character !== "";
}

const shortEscapes: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "'": "\\'",
  "\\": "\\\\",
};

/** A byte as Go quotes one. */
function quote(character: string): string {
  const short = shortEscapes[character];
  if (short !== undefined) return `'${short}'`;
  const code = character.charCodeAt(0);
  if (code < 0x20 || code === 0x7f) return `'\\x${code.toString(16).padStart(2, "0")}'`;
  const isInvisible = (code > 0x7f && code <= 0xa0) || code === 0xad;
  return isInvisible ? `'\\u00${code.toString(16)}'` : `'${character}'`;
}

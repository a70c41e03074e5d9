/**
 * A Response whose text is there already. Whoever asks for the text, as postgrest-js does, gets it as it is; only for other
 * wishes is a body made of it, which costs more than all else of handing an answer on.
 */
export class ReadResponse extends Response {
  readonly #text: string;
  readonly #init: ResponseInit;
  #whole: Response | undefined;
  #isTaken = false;

  /** @param text not of a status that has no body */
  constructor(text: string, init: ResponseInit) {
    super(null, init);
    this.#text = text;
    this.#init = init;
  }

  override get body(): Response["body"] {
    return this.#asResponse().body;
  }

  override get bodyUsed(): boolean {
    return this.#isTaken || (this.#whole?.bodyUsed ?? false);
  }

  override async text(): Promise<string> {
    if (this.#whole !== undefined || this.#isTaken) return this.#asResponse().text();
    this.#isTaken = true;
    return this.#text;
  }

  override async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#asResponse().arrayBuffer();
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer());
  }

  override async blob(): Promise<Blob> {
    return this.#asResponse().blob();
  }

  override async formData(): Promise<FormData> {
    return this.#asResponse().formData();
  }

  override clone(): Response {
    return this.#asResponse().clone();
  }

  #asResponse(): Response {
    if (this.#isTaken) throw new TypeError("The body of this Response has been read already.");
    this.#whole ??= new Response(this.#text, this.#init);
    return this.#whole;
  }
}

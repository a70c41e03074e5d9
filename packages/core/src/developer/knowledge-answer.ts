import * as v from "valibot";
import { failedJob, parseFailure } from "../wire/failure.ts";
import { key, nullishText, quantity } from "../wire/fields.ts";
import { isRecord, otherKind, textOf } from "../wire/parse.ts";
import { type RawRecord, type RecordReader, recordReader } from "../wire/records.ts";
import { KnowledgeText } from "./knowledge-text.ts";

/** A passage of a knowledge base that an answer stands on. */
export interface KnowledgeSource {
  id: string;
  /** Of the document that the passage is from. */
  title?: string | null | undefined;
  /** The passage. */
  text?: string | null | undefined;
  /** The document. */
  sourceId?: string | null | undefined;
  /** Which passage of the document it is. */
  order?: number | null | undefined;
  tokens?: number | null | undefined;
  /** As the service has it; `nip` stands here, whose meaning is not known. */
  raw: RawRecord;
}

/** What a knowledge search has found. */
export interface KnowledgeAnswer {
  text: string;
  /** Empty where the service named none. */
  sources: KnowledgeSource[];
  /** All events of the answer, as they came. */
  raw: RawRecord[];
}

/** A piece of a knowledge search. */
export interface KnowledgeChunk {
  /** What the service is at: looking, naming what it has found, or writing. */
  phase: "searching" | "sources" | "text";
  /** What has come since the last chunk; joined they are the text, unless a chunk is revised. */
  textDelta: string;
  /** All of the text so far. */
  text: string;
  /** What was given out does not begin the text any more: `text` counts. */
  isRevised: boolean;
  /** All sources so far. */
  sources: readonly KnowledgeSource[];
  /** What the service says that it searches for. */
  searching?: string | undefined;
  isFinal: boolean;
}

const readSource: RecordReader<KnowledgeSource> = recordReader({
  id: ["id", key],
  title: ["source_title", nullishText],
  text: ["content", nullishText],
  sourceId: ["source_id", v.nullish(v.fallback(key, ""))],
  order: ["order", v.fallback(quantity, undefined)],
  tokens: ["tokens", v.fallback(quantity, undefined)],
});

/** Gathers the events of one search (wire 9). */
export class KnowledgeReader {
  readonly #label: string;
  readonly #text = new KnowledgeText();
  readonly #sources: KnowledgeSource[] = [];
  readonly #raw: RawRecord[] = [];
  #phase: KnowledgeChunk["phase"] = "searching";
  /** Whether the service has said that this is all. */
  isEnded = false;

  constructor(label: string) {
    this.#label = label;
  }

  get text(): string {
    return this.#text.text;
  }

  get isFilled(): boolean {
    return this.text.trim() !== "";
  }

  get answer(): KnowledgeAnswer {
    return { text: this.text, sources: [...this.#sources], raw: [...this.#raw] };
  }

  /**
   * @param isWhole the answer is this one object
   * @returns nothing where it tells nothing
   */
  accept(event: RawRecord, isWhole: boolean): KnowledgeChunk | undefined {
    this.#raw.push(event);
    const failure = parseFailure(event.error);
    if (failure !== undefined) throw failedJob(this.#label, failure);
    const { tag, content } = event;
    if (isWhole) {
      if (tag !== "final" || typeof content !== "string")
        throw otherKind(`${this.#label} answered with`, "an object without a text", "an answer was", event);
      this.isEnded = true;
      this.#addSources(event.seeds ?? event.sources);
    }
    if (tag === "searching") return this.#chunk("searching", { searching: textOf(content) });
    if (tag === "seeds") {
      this.#addSources(content);
      return this.#chunk("sources");
    }
    if (tag !== "final" || typeof content !== "string") return undefined;
    if (content.trim() === "[DONE]") {
      this.isEnded = true;
      return undefined;
    }
    const delta = this.#text.push(content);
    return delta.textDelta === "" && !delta.isRevised ? undefined : this.#chunk("text", delta);
  }

  /** The last chunk, which has no more than the one before it. */
  last(): KnowledgeChunk {
    return { ...this.#chunk(this.#phase), isFinal: true };
  }

  #addSources(content: unknown): void {
    if (!Array.isArray(content)) return;
    for (const item of content) {
      if (!isRecord(item)) continue;
      const source = readSource(item, this.#label);
      if (!this.#sources.some(({ id }) => id === source.id)) this.#sources.push(source);
    }
  }

  #chunk(phase: KnowledgeChunk["phase"], more: Partial<KnowledgeChunk> = {}): KnowledgeChunk {
    this.#phase = phase;
    const { text } = this;
    return { phase, textDelta: "", text, isRevised: false, sources: [...this.#sources], isFinal: false, ...more };
  }
}

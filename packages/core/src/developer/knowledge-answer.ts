import * as v from "valibot";
import type { Logger } from "../options/logger.ts";
import { key, nullishText, quantity } from "../wire/fields.ts";
import { isRecord, otherKind, textOf } from "../wire/parse.ts";
import { type RawRecord, type RecordReader, recordReader } from "../wire/records.ts";
import { KnowledgeText } from "./knowledge-text.ts";
import { throwIfTold } from "./told-failure.ts";

/** A passage of a knowledge base that an answer stands on. */
export interface KnowledgeSource {
  /** Empty where the service names none. */
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
  id: ["id", v.fallback(key, "")],
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
  readonly #logger: Logger;
  /** Never changed, so that every chunk can have it; a new one where a source comes. */
  #sources: readonly KnowledgeSource[] = [];
  readonly #known = new Set<string>();
  readonly #raw: RawRecord[] = [];
  #phase: KnowledgeChunk["phase"] = "searching";
  /** Whether the service has said that this is all. */
  isEnded = false;

  constructor(label: string, logger: Logger) {
    this.#label = label;
    this.#logger = logger;
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
    const { tag, content } = event;
    throwIfTold(this.#label, event, typeof tag === "string" && tag !== "error");
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
    const sources = content.filter(isRecord).map((item) => readSource(item, this.#label));
    const broken = content.length - sources.length;
    // The answer is paid for: what of it is broken is no reason to lose the rest.
    if (broken > 0) this.#logger.warn("left out what is no passage", { request: this.#label, count: broken });
    const fresh = sources.filter((source) => this.#isNew(source));
    if (fresh.length > 0) this.#sources = [...this.#sources, ...fresh];
  }

  #isNew({ id, title, text }: KnowledgeSource): boolean {
    const known = this.#known.size;
    return this.#known.add(id === "" ? JSON.stringify([title, text]) : id).size > known;
  }

  #chunk(phase: KnowledgeChunk["phase"], more: Partial<KnowledgeChunk> = {}): KnowledgeChunk {
    this.#phase = phase;
    const { text } = this;
    return { phase, textDelta: "", text, isRevised: false, sources: this.#sources, isFinal: false, ...more };
  }
}

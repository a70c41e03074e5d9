import { StreamTruncatedError } from "../../errors/stream-truncated-error.ts";
import { ASK, type JobReader, type Verdict, WAIT } from "../../jobs/job-reader.ts";
import { type Failure, failedJob } from "../../wire/failure.ts";
import type { JobEnd, NodeEvent } from "../../wire/node-event.ts";
import { type NodeRow, rowState } from "../../wire/node-row.ts";
import { ReasoningSplitter, type SplitText, splitReasoning } from "./reasoning-splitter.ts";

/** A finished text, before it becomes a `GenerationOutput`. */
export interface TextResult {
  text: string;
  reasoning: string;
  reasoningSummary: string | undefined;
  /** The model that answered, where the service named it. */
  model: string | undefined;
  raw: unknown;
}

/** What has come since the last look. */
export interface TextDelta extends SplitText {
  isRevised: boolean;
}

/**
 * Joins the fragments of one text job, so that not one character is lost or given out twice: repeats are dropped by
 * `seq`, events that overtook others wait their turn, and after a gap nothing is given out until the final text (of
 * `complete` or of the row) says what was missing.
 */
export class TextReader implements JobReader<TextResult> {
  readonly #isSplit: boolean;
  #splitter: ReasoningSplitter | undefined;
  /** What has overtaken others. */
  #early: Map<number, readonly string[]> | undefined;
  /** What has been split, tags and all. */
  #raw = "";
  /** What has come since. Split only when somebody looks, so that an event costs no more than to join it. */
  #unsplit = "";
  #nextSeq = 0;
  #text = "";
  #reasoning = "";
  #pending: TextDelta | undefined;
  #endWithoutText: JobEnd | undefined;

  /** @param isSplit whether `<think>` parts are taken out of the text */
  constructor(isSplit: boolean) {
    this.#isSplit = isSplit;
  }

  /** The visible text so far. */
  get partial(): string {
    this.#split();
    return this.#text;
  }

  get reasoning(): string {
    this.#split();
    return this.#reasoning;
  }

  get hasPending(): boolean {
    this.#split();
    return this.#pending !== undefined;
  }

  /** Takes what has come since the last call; a slow consumer thus gets fewer and larger pieces. */
  take(): TextDelta {
    this.#split();
    const pending = this.#pending ?? { text: "", reasoning: "", isRevised: false };
    this.#pending = undefined;
    return pending;
  }

  accept(event: NodeEvent): Verdict<TextResult> {
    switch (event.type) {
      case "chunks":
        return this.#chunks(event.seq, event.fragments);
      case "ended":
        return this.#ended(event.end, event.seq);
      case "failed":
        return this.#failed(event.failure);
      case "other":
        // Whatever it says, it may hold a place in the order.
        return event.seq === undefined ? WAIT : this.#chunks(event.seq, []);
    }
  }

  acceptRow(row: NodeRow | undefined): Verdict<TextResult> {
    const state = row === undefined ? undefined : rowState(row, "text");
    if (state?.state === "failed") return this.#failed(state.failure);
    if (row !== undefined && state?.state === "done" && row.data.value !== undefined) {
      const { value, model } = row.data;
      return this.#finish(value, { model, raw: this.#endWithoutText?.raw ?? row.raw, isRow: true });
    }
    // Done without a text is no empty answer: the text may be late, or it is lost.
    return state?.state === "done" || this.#endWithoutText !== undefined ? this.#unsettled() : WAIT;
  }

  /** The text ended without an event that says so, as that of a direct completion does. */
  finish(): Verdict<TextResult> {
    const whole = this.#raw + this.#unsplit;
    return whole === "" ? this.#unsettled() : this.#finish(whole, { model: undefined, raw: whole });
  }

  #chunks(seq: number | undefined, fragments: readonly string[]): Verdict<TextResult> {
    if (seq === undefined) {
      this.#append(fragments);
      return WAIT;
    }
    if (seq < this.#nextSeq) return WAIT;
    if (seq > this.#nextSeq) {
      const early = this.#early ?? new Map<number, readonly string[]>();
      this.#early = early;
      if (early.has(seq)) return WAIT;
      early.set(seq, fragments);
      // Asked once a gap: what overtook it may be many events.
      return early.size === 1 ? ASK : WAIT;
    }
    this.#append(fragments);
    this.#nextSeq++;
    if (this.#early !== undefined) this.#catchUp(this.#early);
    return WAIT;
  }

  #catchUp(early: Map<number, readonly string[]>): void {
    for (let next = early.get(this.#nextSeq); next !== undefined; next = early.get(this.#nextSeq)) {
      this.#append(next);
      early.delete(this.#nextSeq++);
    }
    if (early.size === 0) this.#early = undefined;
  }

  #append(fragments: readonly string[]): void {
    for (let index = 0; index < fragments.length; index++) this.#unsplit += fragments[index];
  }

  /** Half a character at the end waits for its other half, so that no delta breaks it. */
  #split(): void {
    if (this.#unsplit === "") return;
    const whole = endsInHalf(this.#unsplit) ? this.#unsplit.slice(0, -1) : this.#unsplit;
    this.#unsplit = this.#unsplit.slice(whole.length);
    this.#give(whole);
  }

  #give(part: string): void {
    this.#raw += part;
    if (this.#isSplit) this.#splitter ??= new ReasoningSplitter();
    this.#add(this.#splitter?.push(part) ?? { text: part, reasoning: "" });
  }

  #add(part: SplitText): void {
    if (part.text === "" && part.reasoning === "") return;
    this.#text += part.text;
    this.#reasoning += part.reasoning;
    this.#pending ??= { text: "", reasoning: "", isRevised: false };
    this.#pending.text += part.text;
    this.#pending.reasoning += part.reasoning;
  }

  #ended(end: JobEnd, seq: number | undefined): Verdict<TextResult> {
    // Only `complete` is known to carry the text in `result`; elsewhere the node's own value goes first (wire 3).
    const whole = end.isComplete ? (end.result ?? end.nodeData.value) : (end.nodeData.value ?? end.result);
    const about = { model: end.nodeData.model, raw: end.raw, summary: end.reasoning };
    if (whole !== undefined) return this.#finish(whole, about);
    const isWhole = this.#early === undefined && (seq === undefined || seq <= this.#nextSeq);
    const streamed = this.#raw + this.#unsplit;
    if (isWhole && streamed !== "") return this.#finish(streamed, about);
    this.#endWithoutText = end;
    return this.#unsettled();
  }

  #finish(
    whole: string,
    about: { model: string | undefined; raw: unknown; summary?: string | undefined; isRow?: boolean },
  ): Verdict<TextResult> {
    this.#split();
    if (whole.startsWith(this.#raw)) {
      this.#unsplit = "";
      this.#give(whole.slice(this.#raw.length));
      this.#add(this.#splitter?.end() ?? { text: "", reasoning: "" });
    } else if (!about.isRow || !this.#continueUntagged(whole)) {
      this.#revise(whole);
    }
    const hasTags = this.#splitter?.hasTags ?? false;
    const summary = about.summary ?? this.#endWithoutText?.reasoning;
    if (!hasTags) this.#add({ text: "", reasoning: summary ?? "" });
    return {
      state: "done",
      result: {
        text: this.#text,
        reasoning: this.#reasoning,
        reasoningSummary: hasTags ? summary : undefined,
        model: about.model,
        raw: about.raw,
      },
    };
  }

  /** A row may hold the text without the thoughts that the stream had: what counts is what was visible of it. */
  #continueUntagged(whole: string): boolean {
    if (!this.#splitter?.hasTags || this.#text === "") return false;
    const { text, hasTags } = splitReasoning(whole);
    const visible = [text, text.trimStart()].find((one) => one.startsWith(this.#text));
    if (hasTags || visible === undefined) return false;
    this.#add({ text: visible.slice(this.#text.length), reasoning: "" });
    return true;
  }

  /** The final text does not begin with what was given out: the final one counts, whole. */
  #revise(whole: string): void {
    const split = this.#isSplit ? splitReasoning(whole) : { text: whole, reasoning: "", hasTags: false };
    this.#raw = whole;
    this.#text = split.text;
    this.#reasoning = split.reasoning;
    if (this.#splitter !== undefined) this.#splitter.hasTags = split.hasTags;
    this.#pending = { text: "", reasoning: "", isRevised: true };
  }

  #failed(failure: Failure): Verdict<TextResult> {
    return { state: "failed", error: failedJob("The text job failed", failure) };
  }

  #unsettled(): Verdict<TextResult> {
    const error = new StreamTruncatedError(
      "The service ended the job, but part of its text did not arrive and its node does not hold it either. Read error.partial, or generate again.",
    );
    return { state: "unsettled", error };
  }
}

/** Whether the first half of a surrogate pair stands at the end. */
function endsInHalf(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}

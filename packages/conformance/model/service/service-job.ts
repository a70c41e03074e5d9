import { finalText, type JobScript } from "../job-script.ts";

/** One event on its way; the number is given when it is sent, since weather can skip some. */
export interface JobEvent {
  nodeId: string;
  seq: number;
  isTerminal: boolean;
  encode(seq: number): string;
}

/** A job that the service has taken: what it says when, and what its row holds. */
export class ServiceJob {
  readonly nodeId: string;
  readonly script: JobScript;
  readonly takenAtMs: number = Date.now();
  /** When the row told the end. */
  rowSettledAtMs: number | undefined;
  #streamed = "";

  constructor(nodeId: string, script: JobScript) {
    this.nodeId = nodeId;
    this.script = script;
  }

  /** The events in order, with the wait before each. */
  events(): { afterMs: number; event: JobEvent; emit(): void }[] {
    const { pieces, firstMs, paceMs } = this.script;
    const steps = pieces.map((piece, seq) => ({
      afterMs: seq === 0 ? firstMs : paceMs,
      event: this.#event(seq, false, { type: "chunks", chunks: [piece] }),
      emit: () => {
        this.#streamed += piece;
      },
    }));
    const terminal = this.#terminal();
    if (terminal !== undefined) {
      const event = this.#event(pieces.length, true, terminal);
      steps.push({ afterMs: paceMs, event, emit: () => undefined });
    }
    return steps;
  }

  /** The `data` column as it is now; in the middle of its text it holds what there is of it. */
  row(): unknown {
    const data = this.rowSettledAtMs === undefined ? { status: "loading", value: this.#streamed } : this.#settledRow();
    const whole = { title: "AI", model: "asked", ...data };
    return this.script.row.isString ? JSON.stringify(whole) : whole;
  }

  #settledRow(): Record<string, unknown> {
    const { ending } = this.script;
    if (ending.kind !== "failed") return { status: "done", value: finalText(this.script) };
    switch (ending.form) {
      case "status":
        return { status: "failed", value: this.#streamed };
      case "error":
        return { status: "loading", value: this.#streamed, error: "no luck" };
      case "value":
        return { status: "loading", value: JSON.stringify({ error: "no luck" }) };
    }
  }

  #terminal(): Record<string, unknown> | undefined {
    const { ending, reasoning } = this.script;
    switch (ending.kind) {
      case "complete":
        return { type: "complete", result: finalText(this.script), reasoning };
      case "bare":
        return { type: "status", status: "completed" };
      case "failed":
        return ending.by === "row" ? undefined : { type: "error", error: "no luck", error_type: "provider_error" };
    }
  }

  #event(seq: number, isTerminal: boolean, fields: Record<string, unknown>): JobEvent {
    const { nodeId, script } = this;
    const encode = (sentSeq: number): string => {
      const body = { ...fields, [script.idField]: nodeId, convId: "c", seq: sentSeq, timestamp: Date.now() };
      return `data: ${JSON.stringify(script.isWrapped ? { data: body, id: "x" } : body)}\n\n`;
    };
    return { nodeId, seq, isTerminal, encode };
  }
}

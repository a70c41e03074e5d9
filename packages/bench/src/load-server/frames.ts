/** What one start sends down the event stream: `eventsPerJob` chunks for each node, round robin, then their ends. */
export interface FramePlan {
  nodeIds: readonly string[];
  /** What is written into each event of a job, with the event's number, so that no two texts are alike. Default: nothing. */
  labels?: readonly string[] | undefined;
  eventsPerJob: number;
  eventBytes: number;
  /** Whether all of an event's size is text; else it is padded with a field that clients do not know. */
  isAllText: boolean;
  /** Whether the terminal events carry the whole text, as `complete` does on the real wire. */
  hasResult: boolean;
}

const NODE_ID = "00000000-0000-4000-8000-000000000000";
const SEQ_WIDTH = 7;
const LABEL_BYTES = 8;
const BATCH_BYTES = 256 * 1024;
/** What is left for text in an event of 250 bytes. Larger events have the same text unless they are all text. */
const TEXT_BYTES = 36;
const WORDS = "streams of words flow onwards and ";

/** The frames of one start, made in large batches from a template in which only node ids and numbers change. */
export class Frames {
  readonly text: string;
  readonly totalBytes: number;
  readonly #plan: FramePlan;
  readonly #nodeIds: Buffer[];
  readonly #labels: Buffer[];
  readonly #template: Buffer;
  readonly #nodeIdAt: number;
  readonly #seqAt: number;
  readonly #textAt: number;
  readonly #framesPerBatch: number;
  readonly #ends: Buffer;

  constructor(plan: FramePlan) {
    this.#plan = plan;
    this.#nodeIds = plan.nodeIds.map((nodeId) => Buffer.from(nodeId, "latin1"));
    this.#labels = (plan.labels ?? []).map((label) => Buffer.from(inWidth(label), "latin1"));
    const overhead = frame("", "").length;
    const spare = Math.max(0, plan.eventBytes - overhead);
    this.text = textOf(plan.isAllText ? spare : Math.min(spare, TEXT_BYTES));
    const template = frame(this.text, "x".repeat(Math.max(0, spare - this.text.length)));
    this.#nodeIdAt = template.indexOf(NODE_ID);
    this.#seqAt = template.indexOf('"seq":') + '"seq":'.length;
    this.#textAt = template.indexOf('"chunks":["') + '"chunks":["'.length;
    this.#framesPerBatch = Math.max(1, Math.floor(BATCH_BYTES / template.length));
    this.#template = Buffer.from(template.repeat(this.#framesPerBatch), "latin1");
    const ends = plan.nodeIds.map((nodeId, job) => {
      return endFrame(nodeId, plan.eventsPerJob, plan.hasResult ? this.wholeText(plan.labels?.[job]) : "");
    });
    this.#ends = Buffer.from(ends.join(""));
    this.totalBytes = template.length * this.#eventCount + this.#ends.length;
  }

  get #eventCount(): number {
    return this.#plan.eventsPerJob * this.#nodeIds.length;
  }

  /** All that the events of a job say. */
  wholeText(label: string | undefined): string {
    const { eventsPerJob } = this.#plan;
    if (label === undefined) return this.text.repeat(eventsPerJob);
    const rest = this.text.slice(LABEL_BYTES + SEQ_WIDTH);
    const numbers = Array.from({ length: eventsPerJob }, (_, seq) => String(seq).padStart(SEQ_WIDTH));
    return numbers.map((number) => inWidth(label) + number + rest).join("");
  }

  /** @param ring buffers that are used in turn; one is written to only after `isFree` says so */
  async *batches(ringSize: number, isFree: (slot: number) => Promise<void>): AsyncGenerator<[Buffer, number]> {
    const ring = Array.from({ length: ringSize }, () => Buffer.from(this.#template));
    for (let first = 0, slot = 0; first < this.#eventCount; first += this.#framesPerBatch, slot++) {
      const at = slot % ringSize;
      await isFree(at);
      const buffer = ring[at];
      if (buffer === undefined) return;
      const count = Math.min(this.#framesPerBatch, this.#eventCount - first);
      this.#number(buffer, first, count);
      yield [buffer.subarray(0, (count * buffer.length) / this.#framesPerBatch), at];
    }
    yield [this.#ends, ringSize];
  }

  #number(buffer: Buffer, first: number, count: number): void {
    const frameBytes = buffer.length / this.#framesPerBatch;
    const jobs = this.#nodeIds.length;
    for (let index = 0; index < count; index++) {
      const at = index * frameBytes;
      const job = (first + index) % jobs;
      const seq = Math.floor((first + index) / jobs);
      this.#nodeIds[job]?.copy(buffer, at + this.#nodeIdAt);
      writeNumber(buffer, at + this.#seqAt, seq);
      const label = this.#labels[job];
      if (label === undefined) continue;
      label.copy(buffer, at + this.#textAt);
      writeNumber(buffer, at + this.#textAt + LABEL_BYTES, seq);
    }
  }
}

function inWidth(label: string): string {
  return label.padEnd(LABEL_BYTES).slice(0, LABEL_BYTES);
}

/** JSON allows white space before a number, so that its width need not change. */
function writeNumber(buffer: Buffer, at: number, value: number): void {
  let rest = value;
  for (let place = at + SEQ_WIDTH - 1; place >= at; place--) {
    buffer[place] = rest === 0 && place < at + SEQ_WIDTH - 1 ? 32 : 48 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

function frame(text: string, padding: string): string {
  const more = padding === "" ? "" : `,"padding":"${padding.slice(Math.min(padding.length, ',"padding":""'.length))}"`;
  const data = `{"type":"chunks","nodeId":"${NODE_ID}","convId":"${NODE_ID}","seq":${"0".padStart(SEQ_WIDTH)},"timestamp":1779127457610,"chunks":["${text}"]${more}}`;
  return `data: {"data":${data},"id":"${NODE_ID}"}\n\n`;
}

function endFrame(nodeId: string, seq: number, result: string): string {
  const data = { type: "complete", nodeId, convId: nodeId, seq, timestamp: 1779127457610, result, reasoning: "" };
  return `data: ${JSON.stringify({ data, id: nodeId })}\n\n`;
}

function textOf(length: number): string {
  return WORDS.repeat(Math.ceil(length / WORDS.length)).slice(0, length);
}

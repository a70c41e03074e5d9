import type { Output } from "../output/output.ts";
import { ProgressLine } from "../output/progress-line.ts";
import { count, duration } from "./amounts.ts";
import type { Tally } from "./tally.ts";

const LINE_EVERY_MS = 10_000;
const BAR_CELLS = 16;
/** The spinner before it, the seconds behind it. */
const ROOM_FOR_FRAME = 10;

/** How a batch goes on: one line that is drawn anew on a terminal, else a line every ten seconds. */
export class BatchProgress implements Disposable {
  readonly #output: Output;
  readonly #tally: Tally;
  readonly #jobs: number;
  readonly #line: ProgressLine | undefined;
  readonly #timer: NodeJS.Timeout | undefined;

  /** @param jobs how many this run has */
  constructor(output: Output, tally: Tally, jobs: number) {
    this.#output = output;
    this.#tally = tally;
    this.#jobs = jobs;
    if (output.showsProgress) this.#line = new ProgressLine(output, this.#text(output.noteColumns));
    else if (!output.isJson) {
      this.#timer = setInterval(() => output.note(this.#parts().join(", ")), LINE_EVERY_MS);
      this.#timer.unref();
    }
  }

  /** After each change of the tally. */
  update(): void {
    if (this.#line !== undefined) this.#line.text = this.#text(this.#output.noteColumns);
  }

  [Symbol.dispose](): void {
    this.#line?.[Symbol.dispose]();
    clearInterval(this.#timer);
  }

  /** As many parts as fit, the more important ones first. */
  #text(columns: number): string {
    const [first = "", ...others] = this.#parts();
    const room = columns - ROOM_FOR_FRAME;
    const bar = room - first.length > BAR_CELLS + 20 ? `${this.#bar()} ` : "";
    let text = `${bar}${first}`;
    for (const part of others) {
      if (text.length + part.length + 2 > room) break;
      text = `${text}, ${part}`;
    }
    return text;
  }

  #bar(): string {
    const { total, before, ended } = this.#tally;
    const cells = Math.floor((BAR_CELLS * (before + ended)) / Math.max(1, total));
    return `${"█".repeat(cells)}${"░".repeat(BAR_CELLS - cells)}`;
  }

  #parts(): string[] {
    const { total, before, ended, rejected, skipped, running, seconds, fulfilled } = this.#tally;
    const { creditsSpent, creditsLeft } = this.#tally;
    const worked = fulfilled + rejected;
    const perMinute = (60 * worked) / seconds;
    const left = this.#jobs - ended;
    return [
      `${before + ended}/${total}`,
      ...(rejected + skipped === 0 ? [] : [`${rejected + skipped} failed`]),
      ...(worked === 0 || left === 0 ? [] : [`${duration((seconds / worked) * left)} left`]),
      `${running.size} running`,
      ...(creditsSpent === undefined || creditsLeft === undefined
        ? []
        : [`${count(creditsSpent)} credits spent of ${count(creditsSpent + creditsLeft)}`]),
      ...(worked === 0 ? [] : [`${count(Math.round(perMinute))}/min`]),
    ];
  }
}

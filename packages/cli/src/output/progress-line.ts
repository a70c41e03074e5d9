import { elapsed } from "./duration.ts";
import type { Output } from "./output.ts";
import { oneLine } from "./printable.ts";
import { cut } from "./table.ts";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;

/**
 * One line on stderr that says what goes on and for how long, and is gone at the end. Where nobody looks (a pipe, `--quiet`,
 * `--json`) nothing is drawn.
 * @example
 * using line = new ProgressLine(output, "Making the picture");
 * line.text = "Making the picture: processing";
 */
export class ProgressLine implements Disposable {
  text: string;
  readonly #output: Output;
  readonly #startedAt = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;

  constructor(output: Output, text: string) {
    this.#output = output;
    this.text = text;
    if (!output.showsProgress) return;
    this.#timer = setInterval(() => this.#draw(), FRAME_MS);
    this.#draw();
  }

  /** Makes room for other lines; the next frame draws it again. */
  clear(): void {
    if (this.#timer !== undefined) this.#output.drawLine("");
  }

  [Symbol.dispose](): void {
    this.clear();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #draw(): void {
    const time = elapsed(performance.now() - this.#startedAt);
    const frame = FRAMES[this.#frame % FRAMES.length];
    this.#frame += 1;
    const line = cut(`${frame} ${oneLine(this.text)} ${time}`, this.#output.noteColumns - 1);
    this.#output.drawLine(this.#output.paintNote("cyan", line));
  }
}

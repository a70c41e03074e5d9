import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import headless from "@xterm/headless";

export const COLUMNS = 80;
export const ROWS = 24;

/** A run of cells of one style. */
export interface Span {
  column: number;
  text: string;
  color: number | string | undefined;
  isBold: boolean;
  isDim: boolean;
  isItalic: boolean;
  isInverse: boolean;
}

/** What the screen showed from a moment on. */
export interface Frame {
  atMs: number;
  lines: Span[][];
}

/** Frames closer than this look like one. */
const FRAME_MS = 60;

/** A shell in a terminal that a program types into; needs util-linux's `script`. */
export class Recording implements AsyncDisposable {
  readonly frames: Frame[] = [];
  readonly #terminal = new headless.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  readonly #child;
  readonly #end: Promise<unknown>;
  readonly #startedAt = performance.now();
  #lastOutputAt = performance.now();
  #isOver = false;

  constructor(cwd: string, env: NodeJS.ProcessEnv) {
    const command = `stty cols ${COLUMNS} rows ${ROWS}; exec bash --norc --noprofile`;
    const child = spawn("script", ["-qefc", command, "/dev/null"], {
      cwd,
      env: { ...env, TERM: "xterm-256color", PS1: "$ ", BASH_SILENCE_DEPRECATION_WARNING: "1" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child = child;
    child.stdout.on("data", (bytes: Buffer) => {
      this.#lastOutputAt = performance.now();
      this.#terminal.write(bytes, () => this.#keep());
    });
    this.#end = new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
  }

  /** Keys as a person types them. */
  async type(text: string, enter = "\r"): Promise<void> {
    for (const key of text) {
      this.#child.stdin.write(key);
      await sleep(45);
    }
    await sleep(300);
    this.#child.stdin.write(enter);
  }

  /** Waits until the screen has shown a text and then nothing new for so long. @throws where it does not come */
  async until(text: string | RegExp, quietMs = 900, mostMs = 30_000): Promise<void> {
    const until = performance.now() + mostMs;
    while (performance.now() < until) {
      await sleep(30);
      const screen = this.screen();
      const isThere = typeof text === "string" ? screen.includes(text) : text.test(screen);
      if (isThere && performance.now() - this.#lastOutputAt > quietMs) return;
    }
    throw new Error(`The terminal never showed ${text}:\n${this.screen()}`);
  }

  /** What follows begins on an empty screen. */
  async clear(): Promise<void> {
    await sleep(1_200);
    this.#child.stdin.write("\f");
    await sleep(200);
  }

  screen(): string {
    return this.#lines()
      .map((spans) => spans.map(({ text }) => text).join(""))
      .join("\n");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    this.#child.stdin.end("\u0004");
    await this.#end;
    this.#terminal.dispose();
  }

  #keep(): void {
    if (this.#isOver) return;
    const atMs = performance.now() - this.#startedAt;
    const last = this.frames.at(-1);
    const frame = { atMs, lines: this.#lines() };
    if (last !== undefined && atMs - last.atMs < FRAME_MS) last.lines = frame.lines;
    else this.frames.push(frame);
  }

  #lines(): Span[][] {
    const buffer = this.#terminal.buffer.active;
    return Array.from({ length: ROWS }, (_, row) => spansOf(buffer.getLine(buffer.viewportY + row)));
  }
}

function spansOf(line: ReturnType<typeof headless.Terminal.prototype.buffer.active.getLine>): Span[] {
  const spans: Span[] = [];
  if (line === undefined) return spans;
  for (let column = 0; column < COLUMNS; column++) {
    const cell = line.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const style = {
      color: cell.isFgDefault()
        ? undefined
        : cell.isFgRGB()
          ? `#${cell.getFgColor().toString(16).padStart(6, "0")}`
          : cell.getFgColor(),
      isBold: cell.isBold() !== 0,
      isDim: cell.isDim() !== 0,
      isItalic: cell.isItalic() !== 0,
      isInverse: cell.isInverse() !== 0,
    };
    const text = cell.getChars() || " ";
    const last = spans.at(-1);
    const isSame =
      last !== undefined && Object.entries(style).every(([name, value]) => last[name as keyof typeof style] === value);
    if (isSame) last.text += text;
    else spans.push({ column, text, ...style });
  }
  const last = spans.at(-1);
  if (last !== undefined && !last.isInverse) last.text = last.text.trimEnd();
  return spans.filter(({ text }) => text !== "");
}

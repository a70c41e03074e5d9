import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { QuietEnd } from "../cli-error.ts";
import { ExitCode } from "../exit-codes.ts";
import type { Shell } from "../shell.ts";

/** More than any session has. */
const MAX_LINES = 500;

/**
 * What a person pastes into the terminal, which shows nothing of it: a line, or the lines of a JSON object. (A prompt that
 * draws a mark for each character would draw thousands of them anew with each.)
 * @throws QuietEnd for Ctrl-C and Ctrl-D
 */
export async function readHidden(shell: Shell, question: string): Promise<string> {
  shell.stderr.write(`${question} `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: shell.stdin, output: nowhere, terminal: true, historySize: 0 });
  const onAbort = (): void => lines.close();
  shell.signal.addEventListener("abort", onAbort, { once: true });
  lines.on("SIGINT", onAbort);
  const read: string[] = [];
  try {
    for await (const line of lines) {
      read.push(line);
      const text = read.join("\n").trim();
      if (text !== "" && (!text.startsWith("{") || isWhole(text) || line.trim() === "" || read.length === MAX_LINES))
        return text;
    }
    throw new QuietEnd(ExitCode.Interrupted);
  } finally {
    shell.signal.removeEventListener("abort", onAbort);
    lines.close();
    shell.stderr.write("\n");
  }
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

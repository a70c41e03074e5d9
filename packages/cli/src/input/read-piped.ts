import { usageError } from "../cli-error.ts";
import type { Shell } from "../shell.ts";

/** How long a pipe may be silent before the person is told what is waited for. */
const NOTE_AFTER_MS = 3_000;
/** More than any model reads. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Whether something may be piped in: a terminal is a person, who has not been asked. */
export function isPiped({ stdin }: Shell): boolean {
  return stdin.isTTY !== true;
}

/**
 * All that is piped in, as text. A pipe that is open and silent is told of, since programs that start this one often
 * leave theirs open.
 * @throws CliError for what is no UTF-8 text, or is too much of it; the reason of the shell's signal
 */
export async function readPiped(shell: Shell, note: (line: string) => void): Promise<string> {
  const waiting = "Waiting for what is piped in. Without a pipe: < /dev/null, or --no-stdin.";
  return (await readAll(shell, () => note(waiting))) ?? "";
}

/**
 * The same, where there is a prompt already. A shell's pipe is waited for, since somebody has written it there; a socket that
 * says nothing is taken for one that a program has left open.
 */
export async function readIfPiped(shell: Shell, note: (line: string) => void): Promise<string> {
  if (!shell.isStdinSocket) return readPiped(shell, note);
  const left = new AbortController();
  const piped = await readAll(shell, () => left.abort(), left.signal);
  if (piped !== undefined) return piped;
  const seconds = NOTE_AFTER_MS / 1_000;
  note(`Nothing came by stdin within ${seconds} s: the prompt goes alone. - waits for it, --no-stdin does not ask.`);
  return "";
}

/** @param left ends it without a result */
async function readAll(shell: Shell, onSilence: () => void, left?: AbortSignal): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  const timer = setTimeout(onSilence, NOTE_AFTER_MS);
  const onAbort = (): void => void shell.stdin.destroy(shell.signal.reason);
  shell.signal.addEventListener("abort", onAbort, { once: true });
  const onLeft = (): void => void shell.stdin.destroy();
  left?.addEventListener("abort", onLeft, { once: true });
  try {
    shell.signal.throwIfAborted();
    for await (const chunk of shell.stdin) {
      clearTimeout(timer);
      const bytes = Buffer.from(chunk);
      sizeBytes += bytes.length;
      if (sizeBytes > MAX_BYTES) throw usageError(`What is piped in is over ${MAX_BYTES / 1024 / 1024} MiB.`);
      chunks.push(bytes);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    if (left?.aborted && !shell.signal.aborted) return undefined;
    if (error instanceof TypeError) {
      throw usageError("What is piped in is no UTF-8 text.", "Files are given by their path: --image picture.png");
    }
    throw error;
  } finally {
    clearTimeout(timer);
    shell.signal.removeEventListener("abort", onAbort);
    left?.removeEventListener("abort", onLeft);
  }
}

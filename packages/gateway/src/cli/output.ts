import { commandName } from "./launcher.ts";

/**
 * A reader of the output may go away, as `head` does and as collectors of logs do that start anew. What cannot be written then
 * is dropped, and no reason for the process to end.
 */
export function dropUnwritable(): void {
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    // Somebody wants it, and does not get it.
    tell(`The output cannot be written: ${error.message}`);
    process.exitCode = 1;
  });
}

/** A line for the operator, on stderr. */
export function tell(message: string): void {
  process.stderr.write(`${commandName()}: ${message}\n`);
}

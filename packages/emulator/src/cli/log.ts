import { Console } from "node:console";

/** For people; stdout belongs to the one line that programs read. */
export function log(line: string): void {
  process.stderr.write(`flowith-emulator: ${line}\n`);
}

/** Whatever a dependency prints goes to stderr. */
export function keepStdoutClean(): void {
  globalThis.console = new Console(process.stderr, process.stderr);
}

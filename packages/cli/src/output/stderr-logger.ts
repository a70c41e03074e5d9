import type { Logger } from "flowith-webapi";
import { printable } from "./printable.ts";

/** What `--verbose` shows: a line each on stderr, with the fields as JSON. */
export function stderrLogger(write: (line: string) => void): Logger {
  const log =
    (level: string) =>
    (message: string, fields: object = {}): void => {
      const details = Object.keys(fields).length === 0 ? "" : ` ${JSON.stringify(fields)}`;
      write(printable(`[${level}] ${message}${details}`));
    };
  return { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") };
}

import type { Logger } from "flowith-webapi";
import type { Output } from "./output.ts";
import { printable } from "./printable.ts";

/** What `--verbose` shows: a line each on stderr, with the fields as JSON; with `--json` `{"log"}`. */
export function stderrLogger(output: Pick<Output, "isJson" | "report" | "line">): Logger {
  const log =
    (level: string) =>
    (message: string, fields: object = {}): void => {
      if (output.isJson) {
        output.report({ log: { ...fields, level, message } });
        return;
      }
      const details = Object.keys(fields).length === 0 ? "" : ` ${JSON.stringify(fields)}`;
      output.line(printable(`[${level}] ${message}${details}`));
    };
  return { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") };
}

import { redact } from "../text/redact.ts";
import { callBack } from "./call-back.ts";

/** From which severity on lines are logged. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/**
 * Where log lines go, such as `console` or pino. Fields never hold a token, a prompt or a body. What it throws is dropped:
 * no job that costs credits is to fail by its log.
 */
export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

const ranks: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 };

/** A logger whose level can be changed while it is in use. */
export interface LeveledLogger extends Logger {
  setLevel(level: LogLevel): void;
}

/** Silent unless a level is set. Without a target, lines go to `console`. */
export function leveledLogger(target: Logger = console, level: LogLevel = "silent"): LeveledLogger {
  let current = level;
  const line =
    (name: Exclude<LogLevel, "silent">) =>
    (message: string, fields?: object): void => {
      if (ranks[name] < ranks[current]) return;
      const text = `flowith ${message}`;
      // Many lines are written beside every call, where nobody could catch what is thrown: it would end the process.
      callBack(
        () => (fields === undefined ? target[name](text) : target[name](text, blanked(fields))),
        () => undefined,
      );
    };
  return {
    debug: line("debug"),
    info: line("info"),
    warn: line("warn"),
    error: line("error"),
    setLevel: (next) => {
      current = next;
    },
  };
}

/** Whatever a server has answered with, an id too, may repeat the token that was sent. */
function blanked(fields: object): object {
  const entries = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === "string" ? redact(value) : value,
  ]);
  return Object.fromEntries(entries);
}

import { Help } from "commander";
import { near } from "./near.ts";
import type { Shell } from "./shell.ts";

/** What commander says of a wrong command line, and the names that it takes for near. */
const said = /^(?:error: )?([\s\S]*?)(?:\n\(Did you mean (?:one of )?(.+)\?\))?\s*$/;

/** Says what is wrong with a command line, as the errors of commands are told. */
export function reportUsage({ stderr }: Pick<Shell, "stderr">, text: string, isJson: boolean): void {
  const [, message = text, names = ""] = said.exec(text) ?? [];
  const hint = suggestion(message, names.split(", ").filter(Boolean));
  if (isJson) {
    stderr.write(`${JSON.stringify({ error: { code: "usage", message, hint } })}\n`);
    return;
  }
  const lines = [`flowith: ${message}`, ...(hint === undefined ? [] : [hint])];
  const { columns = 80, isTTY } = stderr;
  stderr.write(`${lines.map((line) => (isTTY ? new Help().boxWrap(line, columns) : line)).join("\n")}\n`);
}

/** Commander also names what is far, such as `logout` for `bogus`. */
function suggestion(message: string, names: readonly string[]): string | undefined {
  const word = /'([^']*)'/.exec(message)?.[1] ?? "";
  const nearest = near(word, names);
  if (nearest.length > 0) return `Did you mean ${nearest.join(" or ")}?`;
  return message.startsWith("unknown command") ? "`flowith --help` lists the commands." : undefined;
}

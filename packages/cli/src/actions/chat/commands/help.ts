import { PLAIN } from "../../../markdown/cell.ts";
import { plainRows } from "../../../markdown/plain-rows.ts";
import { styled } from "../../../markdown/row-painter.ts";
import type { ChatCommand } from "./chat-command.ts";

const WIDE = 60;

const keys = [
  'Several lines: end a line with \\, or put the message between two """; pasted lines stay together.',
  "Ctrl-C stops an answer or clears what is typed; twice on an empty line, or Ctrl-D, it ends the chat.",
  "Tab completes commands, models and paths.",
];

/** @param commands asked for when they are listed: this is one of them */
export function help(commands: () => ReadonlyMap<string, ChatCommand>): ChatCommand {
  return {
    about: "this list",
    async run({ context: { output } }) {
      const entries = [...commands()].map(([name, { argument, about }]) => ({
        usage: argument === undefined ? `/${name}` : `/${name} ${argument}`,
        about,
      }));
      const first = Math.max(...entries.map(({ usage }) => usage.length)) + 2;
      const isWide = output.columns >= WIDE;
      const lines = entries.flatMap(({ usage, about }) => {
        const width = Math.max(8, output.columns - 1 - (isWide ? first : 2));
        const rows = plainRows(about, width).map((row) => styled(row, output.paint));
        if (!isWide) return [output.paint("bold", usage), ...rows.map((row) => `  ${row}`)];
        const [head = "", ...others] = rows;
        const blanks = " ".repeat(first);
        return [`${output.paint("bold", usage.padEnd(first))}${head}`, ...others.map((row) => `${blanks}${row}`)];
      });
      const rest = plainRows(keys.join("\n"), output.columns - 1, PLAIN).map((row) => styled(row, output.paint));
      await output.write(`${[...lines, "", ...rest].join("\n")}\n\n`);
      return undefined;
    },
  };
}

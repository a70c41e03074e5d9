import { printable } from "../../../output/printable.ts";

/** readline takes one line and completes at a tab: these stand for what a pasted text has of both. */
const LINE_MARK = "␤";
const TAB_MARK = "␉";

/** A text of several lines as one line that can be edited. */
export function marked(text: string): string {
  return printable(text.replace(/\r\n?/g, "\n")).replaceAll("\n", LINE_MARK).replaceAll("\t", TAB_MARK);
}

/** The text that the person means. */
export function unmarked(line: string): string {
  return line.replaceAll(LINE_MARK, "\n").replaceAll(TAB_MARK, "\t");
}

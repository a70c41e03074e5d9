import { marked } from "marked";

/**
 * The parts of a Markdown text that can be drawn by themselves: while it is written only the last one changes, and the
 * others need not be drawn anew.
 */
export function blocksOf(text: string): string[] {
  return marked.lexer(text).map(({ raw }) => raw);
}

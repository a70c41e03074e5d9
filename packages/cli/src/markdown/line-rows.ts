import { cellsOf, PLAIN, type Row, type Style, widthOf } from "./cell.ts";
import { type InlineOptions, inlineCells } from "./inline.ts";
import { closesFence, codeFrame, type Fence, fenceOf, type LineFrame, ruleFrame, textFrame } from "./line-frame.ts";
import { wrapHard, wrapWords } from "./wrap.ts";

/** What a long line goes on as, when its first rows are given up. */
export type LinePart = Pick<LineFrame, "kind" | "indent" | "style">;

export interface LineOptions {
  width: number;
  fence: Fence | undefined;
  part: LinePart | undefined;
  isStyled: boolean;
  inline: InlineOptions;
}

export interface LineRows {
  rows: Row[];
  frame: LineFrame;
}

const noIndent = { first: [], rest: [] };

/** A line of Markdown as rows of the terminal. */
export function lineRows(line: string, options: LineOptions): LineRows {
  const frame = frameOf(line, options);
  const { kind, body, bodyStart, indent, style } = frame;
  if (kind === "rule") return { rows: [ruleCells(body, options.width)], frame };
  if (kind === "code") return { rows: wrapHard(cellsOf(body, style, bodyStart), options.width, indent), frame };
  const cells = options.isStyled
    ? inlineCells(body, bodyStart, { ...options.inline, base: style })
    : cellsOf(body, style, bodyStart);
  return { rows: wrapWords(cells, options.width, indent), frame };
}

function frameOf(line: string, { width, fence, part, isStyled }: LineOptions): LineFrame {
  if (part !== undefined) return { ...part, body: line, bodyStart: 0 };
  if (!isStyled) return { kind: "text", indent: noIndent, body: line, bodyStart: 0, style: PLAIN };
  if (fence !== undefined) return closesFence(line, fence) ? ruleFrame("") : codeFrame(line, fence, width);
  const opened = fenceOf(line);
  return opened === undefined ? textFrame(line, width) : ruleFrame(opened.info);
}

function ruleCells(label: string, width: number): Row {
  const dim: Style = { formats: ["dim"] };
  const name = label === "" ? [] : cellsOf(` ${label} `, dim, 0);
  const room = Math.min(width, 60);
  if (widthOf(name) + 3 > room) return cellsOf("─".repeat(room), dim, 0);
  return [...cellsOf("──", dim, 0), ...name, ...cellsOf("─".repeat(room - 2 - widthOf(name)), dim, 0)];
}

/**
 * What remains of a long line when the rows that cannot change any more are given up: those so far from its end that no
 * mark in them can find its other half. It is cut where no style reaches over.
 */
export function restOf(
  line: string,
  rows: readonly Row[],
  { kind, indent, style }: LineFrame,
  lookahead: number,
): { rows: number; line: string; part: LinePart } | undefined {
  for (let count = rows.length - 1; count > 0; count -= 1) {
    const last = rows[count - 1]?.at(-1);
    const next = rows[count]?.slice(indent.rest.length)[0];
    if (last === undefined || next === undefined || last.end > line.length - 2 * lookahead) continue;
    if (last.style !== style || next.style !== style) continue;
    const rest = line.slice(last.end);
    const from = kind === "code" ? 0 : rest.length - rest.trimStart().length;
    const part: LinePart = { kind, style, indent: { first: indent.rest, rest: indent.rest } };
    return { rows: count, line: rest.slice(from), part };
  }
  return undefined;
}

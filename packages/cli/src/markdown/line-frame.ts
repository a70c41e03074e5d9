import { cellsOf, DIM, PLAIN, type Style, widthOf } from "./cell.ts";
import type { Indent } from "./wrap.ts";

/** What a line of Markdown is, apart from the text in it. */
export interface LineFrame {
  kind: "text" | "code" | "rule";
  indent: Indent;
  /** Of a text or code: what comes after the marks at its beginning. */
  body: string;
  /** Where the body begins in the line. */
  bodyStart: number;
  style: Style;
}

/** A block of code that has been opened. */
export interface Fence {
  mark: string;
  /** Blanks before the opening mark, which are none of the code's. */
  blanks: number;
}

const none: Indent = { first: [], rest: [] };

const fenceLine = /^(\s*)(`{3,}|~{3,})\s*([^`]*)$/;
const heading = /^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/;
const rule = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const quote = /^( {0,3}>[ \t]?)(.*)$/s;
const item = /^([ \t]*)([-*+]|\d{1,9}[.)])[ \t]+(?:\[([ xX])\][ \t]+)?(.*)$/s;
const blanksFirst = /^([ \t]+)(.*)$/s;

/** What may still become the mark of a heading, a list, a quote or a fence. */
const undecided = /^\s*(?:#{1,6}|[-*+_]{1,2}|\d{1,9}[.)]?|`{1,3}|~{1,3}|>)?$/;

export function isUndecided(line: string): boolean {
  return undecided.test(line);
}

export function isTableLine(line: string): boolean {
  return /^ {0,3}\|/.test(line);
}

/** The fence that a line opens, and what it says of the code. */
export function fenceOf(line: string): { fence: Fence; info: string } | undefined {
  const [, blanks = "", mark, info = ""] = fenceLine.exec(line) ?? [];
  return mark === undefined ? undefined : { fence: { mark, blanks: blanks.length }, info: info.trim() };
}

export function closesFence(line: string, { mark }: Fence): boolean {
  const found = fenceLine.exec(line);
  return found?.[3] === "" && found[2] !== undefined && found[2].startsWith(mark);
}

/** A rule across the page, with what it says in it. */
export function ruleFrame(label: string): LineFrame {
  return { kind: "rule", indent: none, body: label, bodyStart: 0, style: DIM };
}

/** A line of code goes on below as it is: a mark says that it is still the same line. */
export function codeFrame(line: string, { blanks }: Fence, width: number): LineFrame {
  const bodyStart = Math.min(blanks, line.length - line.trimStart().length);
  const indent = fitting({ first: [], rest: cellsOf("↳ ", DIM, 0) }, width);
  return { kind: "code", indent, body: line.slice(bodyStart), bodyStart, style: PLAIN };
}

export function textFrame(line: string, width: number, style: Style = PLAIN, bodyStart = 0): LineFrame {
  const [, quoteMark, quoted = ""] = quote.exec(line) ?? [];
  if (quoteMark !== undefined) {
    const inner = textFrame(quoted, width - 2, { formats: ["italic"] }, bodyStart + quoteMark.length);
    if (inner.kind === "rule") return inner;
    const bar = cellsOf("│ ", DIM, 0);
    const indent = { first: [...bar, ...inner.indent.first], rest: [...bar, ...inner.indent.rest] };
    return { ...inner, indent: fitting(indent, width) };
  }
  if (rule.test(line)) return ruleFrame("");
  const [, hashes, title = ""] = heading.exec(line) ?? [];
  if (hashes !== undefined) {
    const formats: Style["formats"] = hashes.length <= 2 ? ["bold", "cyan"] : ["bold"];
    const start = line.indexOf(title, line.indexOf(hashes) + hashes.length);
    return { kind: "text", indent: none, body: title, bodyStart: bodyStart + start, style: { formats } };
  }
  const [, blanks, bullet, box, text = ""] = item.exec(line) ?? [];
  if (blanks !== undefined && bullet !== undefined) {
    const mark = /\d/.test(bullet) ? bullet : "•";
    const check = box === undefined ? "" : box === " " ? "☐ " : "☑ ";
    const first = [
      ...cellsOf(blanks, PLAIN, 0),
      ...cellsOf(mark, { formats: ["cyan"] }, 0),
      ...cellsOf(` ${check}`, PLAIN, 0),
    ];
    const rest = cellsOf(" ".repeat(widthOf(first)), PLAIN, 0);
    const start = bodyStart + line.length - text.length;
    return { kind: "text", indent: fitting({ first, rest }, width), body: text, bodyStart: start, style };
  }
  const [, leading = "", body = line] = blanksFirst.exec(line) ?? [];
  const before = cellsOf(leading, PLAIN, 0);
  const indent = fitting({ first: before, rest: before }, width);
  return { kind: "text", indent, body, bodyStart: bodyStart + leading.length, style };
}

/** Where the terminal is too narrow for marks and blanks, the text goes on without them. */
function fitting({ first, rest }: Indent, width: number): Indent {
  const most = Math.max(0, Math.floor(width / 2));
  return {
    first: widthOf(first) > most ? first.slice(-most) : first,
    rest: widthOf(rest) > most ? [] : rest,
  };
}

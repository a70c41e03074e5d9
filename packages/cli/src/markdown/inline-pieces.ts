import type { TextFormat } from "./cell.ts";
import type { InlineOptions } from "./inline.ts";

/** A part of a line: a text, or a run of marks that stays visible as far as nothing matches it. */
export interface Piece {
  text: string;
  readonly start: number;
  readonly formats: TextFormat[];
  readonly link?: string | undefined;
  readonly delimiter?: { canOpen: boolean; canClose: boolean } | undefined;
}

const escaped = /\\([!-/:-@[-`{-~])/y;
const backticks = /`+/y;
const delimiters = /\*+|_+|~+/y;
const autolink = /<((?:https?|mailto):[^\s<>]+)>/y;
const link =
  /(!?)\[((?:[^[\]\\]|\\.|\[[^[\]]*\]){0,300})\]\(\s*<?((?:[^\s<>()]|\([^\s<>()]*\)){0,2000})>?(?:\s+"[^"]{0,200}")?\s*\)/y;
const wordCharacter = /[\p{L}\p{N}_]/u;

type Options = Pick<InlineOptions, "isOpen" | "lookahead" | "hasLinks">;

/** What is matched at a place of a text. */
function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | undefined {
  expression.lastIndex = at;
  return expression.exec(text) ?? undefined;
}

/** @param start where the text begins in its line */
export function piecesOf(text: string, start: number, options: Options): Piece[] {
  const pieces: Piece[] = [];
  let plainFrom = 0;
  const add = (at: number, length: number, ...found: Piece[]): number => {
    if (at > plainFrom) pieces.push({ text: text.slice(plainFrom, at), start: start + plainFrom, formats: [] });
    pieces.push(...found);
    plainFrom = at + length;
    return plainFrom;
  };
  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at);
    let next: number | undefined;
    if (character === "\\") {
      const found = matchAt(escaped, text, at);
      if (found !== undefined) next = add(at, 2, { text: found[1] ?? "", start: start + at + 1, formats: [] });
    } else if (character === "`") {
      const run = matchAt(backticks, text, at)?.[0].length ?? 1;
      const code = codeAt(text, at, run, options);
      if (code === undefined) at += run - 1;
      else next = add(at, code.length, { text: code.text, start: start + code.from, formats: ["yellow"] });
    } else if (character === "*" || character === "_" || character === "~") {
      const run = matchAt(delimiters, text, at)?.[0] ?? character;
      next = add(at, run.length, delimiterPiece(text, at, run, start));
    } else if (character === "<") {
      const found = matchAt(autolink, text, at);
      const url = found?.[1] ?? "";
      if (found !== undefined) {
        const address = { text: url, start: start + at, formats: underlined(), link: safeLink(url, options) };
        next = add(at, found[0].length, address);
      }
    } else if (character === "[" || character === "!") {
      const found = matchAt(link, text, at);
      if (found !== undefined && found[0].length <= options.lookahead)
        next = add(at, found[0].length, ...linkPieces(found, start + at, options));
    }
    at = next ?? at + 1;
  }
  add(text.length, 0);
  return pieces;
}

const underlined = (): TextFormat[] => ["underline"];

function delimiterPiece(text: string, at: number, run: string, start: number): Piece {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + run.length);
  const isInWord = run.startsWith("_");
  const canOpen = after.trim() !== "" && !(isInWord && wordCharacter.test(before));
  const canClose = before.trim() !== "" && !(isInWord && wordCharacter.test(after));
  return { text: run, start: start + at, formats: [], delimiter: { canOpen, canClose } };
}

/** Code between two runs of as many backticks, or from an open one to the end of what has come. */
function codeAt(
  text: string,
  at: number,
  run: number,
  { isOpen, lookahead }: Options,
): { text: string; from: number; length: number } | undefined {
  const from = at + run;
  for (let end = from; end - at <= lookahead; ) {
    const close = text.indexOf("`", end);
    if (close === -1 || close - at > lookahead) break;
    const length = matchAt(backticks, text, close)?.[0].length ?? 1;
    if (length === run) {
      const code = text.slice(from, close);
      const isPadded = code.startsWith(" ") && code.endsWith(" ") && code.trim() !== "";
      const shown = isPadded ? code.slice(1, -1) : code;
      return { text: shown, from: from + (isPadded ? 1 : 0), length: close + run - at };
    }
    end = close + length;
  }
  if (!isOpen || text.length - at > lookahead) return undefined;
  return { text: text.slice(from), from, length: text.length - at };
}

/** A terminal is given only addresses that it can show as they are, and that lead to the web or a mailbox. */
function safeLink(url: string, { hasLinks }: Pick<Options, "hasLinks">): string | undefined {
  return hasLinks && /^(https?:\/\/|mailto:)[!-~]{1,2000}$/.test(url) ? url : undefined;
}

function linkPieces([, mark, label = "", url = ""]: RegExpExecArray, start: number, options: Options): Piece[] {
  const labelStart = start + (mark === "!" ? 2 : 1);
  const inner = piecesOf(label, labelStart, { ...options, isOpen: false });
  // a text that looks like an address is no proof of where it leads
  const isDisguise = /[.:/]/.test(label) && label !== url;
  const target = isDisguise ? undefined : safeLink(url, options);
  const text = inner.map((piece) => ({ ...piece, formats: [...piece.formats, ...underlined()], link: target }));
  if (target !== undefined || url === "" || url === label) return text;
  const address: Piece = { text: `${label === "" ? "" : " "}(${url})`, start: labelStart, formats: ["dim"] };
  return [...text, address];
}

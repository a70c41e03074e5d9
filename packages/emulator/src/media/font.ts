// the library brings no types, and whoever compiles this file from elsewhere would not find ours
/// <reference path="./oled-font-5x7.d.ts" />
import font from "oled-font-5x7";

export const glyphWidth = 5;
export const glyphHeight = 7;

/** Drawn for what the font has no glyph for. */
const box: readonly number[] = [0x7f, 0x41, 0x41, 0x41, 0x7f];

/** Five columns, lowest bit on top. Accents are dropped, since the font has few of them. */
export function glyphOf(character: string): readonly number[] {
  const plain = character.normalize("NFD").charAt(0);
  const index = font.lookup.includes(character) ? font.lookup.indexOf(character) : font.lookup.indexOf(plain);
  return index === -1 ? box : font.fontData.slice(index * glyphWidth, (index + 1) * glyphWidth);
}

/** Breaks a text into lines of at most so many characters; what is left over after the last line is cut with dots. */
export function wrap(text: string, columns: number, maxLines: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const short = word.length > columns ? `${word.slice(0, columns - 1)}.` : word;
    if (line === "") line = short;
    else if (line.length + 1 + short.length <= columns) line += ` ${short}`;
    else {
      lines.push(line);
      line = short;
    }
  }
  if (line !== "") lines.push(line);
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  kept[maxLines - 1] = `${(kept.at(-1) ?? "").slice(0, columns - 3)}...`;
  return kept;
}

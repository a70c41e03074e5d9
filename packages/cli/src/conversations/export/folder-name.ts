import filenamify from "filenamify";
import { printable } from "../../output/printable.ts";

/** File systems take 255 bytes a name; the id and a whole path need some of them. */
const LONGEST_BYTES = 120;

const segmenter = new Intl.Segmenter();

/** A conversation's folder: its title, as far as every system takes it, and as much of its id as tells it apart. */
export function folderName(title: string | null | undefined, shortId: string): string {
  const plain = printable((title ?? "").replace(/\p{Bidi_C}+/gu, " "))
    .replace(/\p{Cs}/gu, "_")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    // what is hidden, or read as an option; what is left may be a name that a system reserves
    .replace(/^[.\s-]+/, "");
  const safe = filenamify(plain, { replacement: "_", maxLength: 1_000 });
  const name = shortened(safe).replace(/[.\s]+$/, "");
  return `${/^[_!.\s]*$/.test(name) ? "Untitled" : name} ${shortId}`;
}

/** Between characters as people see them: half a family is another one. */
function shortened(text: string): string {
  let short = "";
  for (const { segment } of segmenter.segment(text)) {
    if (Buffer.byteLength(short + segment) > LONGEST_BYTES) break;
    short += segment;
  }
  return short;
}

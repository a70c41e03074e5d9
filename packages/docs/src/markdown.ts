/** A relative link, or one to a heading of the same page. */
export interface Link {
  target: string;
  line: number;
}

const FENCE = /^\s*(```|~~~)/;
const HEADING = /^#{1,6}\s+(.*?)\s*#*$/;
const INLINE_LINK = /\[[^\]]*\]\(\s*<?([^()\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
const LINK_DEFINITION = /^\s{0,3}\[[^\]]+\]:\s+<?([^\s>]+)>?/g;
/** `https:`, `mailto:` and their like, and `//host`. */
const ELSEWHERE = /^([a-z][\w+.-]*:|\/\/)/i;

/** The headings of a page, without their marks. */
export function headings(markdown: string): string[] {
  return proseLines(markdown).flatMap(({ text }) => {
    const heading = HEADING.exec(text)?.[1];
    return heading === undefined ? [] : [heading];
  });
}

/** What a page's headings can be linked by, as GitHub makes them. */
export function anchors(markdown: string): Set<string> {
  const found = new Set<string>();
  for (const heading of headings(markdown)) {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    let anchor = slug;
    for (let again = 1; found.has(anchor); again++) anchor = `${slug}-${again}`;
    found.add(anchor);
  }
  return found;
}

/** The links of a page that lead to a file or a heading of this repository. Code is no prose, and has none. */
export function localLinks(markdown: string): Link[] {
  return proseLines(markdown).flatMap(({ text, line }) => {
    const prose = text.replace(/`[^`]*`/g, "code");
    return [...prose.matchAll(INLINE_LINK), ...prose.matchAll(LINK_DEFINITION)]
      .map(([, target = ""]) => ({ target, line }))
      .filter(({ target }) => !ELSEWHERE.test(target));
  });
}

/** The lines that are not in a block of code, counted from 1. */
function proseLines(markdown: string): { text: string; line: number }[] {
  let isCode = false;
  return markdown.split("\n").flatMap((text, index) => {
    if (FENCE.test(text)) isCode = !isCode;
    else if (!isCode) return [{ text, line: index + 1 }];
    return [];
  });
}

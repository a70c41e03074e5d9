import { micromark } from "micromark";
import { describe, expect, it } from "vitest";
import { safeMarkdown } from "./safe-markdown.ts";

/** As a page that lets all HTML through. */
const rendered = (text: string): string => micromark(text, { allowDangerousHtml: true });

describe("Markdown of somebody else", () => {
  it.each([
    ["an element", "<script>alert(1)</script>"],
    ["one in a line", "so <img src=x onerror=alert(1)> it is"],
    ["a comment that never ends", "<!-- the rest"],
    ["one in a list, after tabs and a byte order mark", "\ufeff-\ta\n\t<b>x</b>\r\n\r\n<i>"],
  ])("has no HTML in it: %s", (_, text) => {
    expect(rendered(safeMarkdown(text))).not.toMatch(/<(script|img|b|i|!--)/);
  });

  it.each(["`<b>`", "```html\n<b>x</b>\n```", "    <b>", "1 < 2 and <https://example.com>", "> quote\n> - list"])(
    "stays as it is: %j",
    (text) => expect(safeMarkdown(text)).toBe(text),
  );

  it.each(["```js\nlet a;", "````\n```\nstill", "~~~~", "text\n```\n"])("cannot swallow what follows: %j", (text) => {
    expect(rendered(`${safeMarkdown(text)}\n\n## Next`)).toContain("<h2>Next</h2>");
  });

  it("opens no fence after one that a list closes by itself", () => {
    const text = "- item\n  ```\n  code";
    expect(rendered(`${safeMarkdown(text)}\n\n## Next`)).toContain("<h2>Next</h2>");
  });
});
